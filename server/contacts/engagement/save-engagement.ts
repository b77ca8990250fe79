import { type Context, inTransaction } from "#server/platform/context.ts";
import { type Engagement, raiseMoments } from "./queries.ts";

/**
 * Notes when contacts were last sent marketing mail, opened or clicked it, or sent in a form, set-based. A moment only
 * ever moves forward, so notes may come late and in any order. They change no value of a person's making: there is no
 * history of them, and the contact does not count as modified.
 */
export function saveEngagement(context: Context, engagements: readonly Engagement[]): Promise<void> {
  if (engagements.length === 0) return Promise.resolve();
  return inTransaction(context, (context) => raiseMoments(context, engagements));
}
