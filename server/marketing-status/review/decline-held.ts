import { recordEvent } from "#server/events/record-event.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { endHeld } from "../holds/queries.ts";

interface Decline {
  readonly ids: readonly string[];
  readonly operationId: string;
}

/** The contacts stay as they are and wait no longer. Outcomes: declined, no_longer_held. */
export function declineHeld(context: Context, { ids, operationId }: Decline): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const declined = await endHeld(context, { ids, by: "declined", operationId });
    await recordEvent(context, {
      type: "marketing.held_declined",
      operationId,
      details: { contacts: declined.length },
    });
    return rest(ids, { outcome: "declined", contactIds: declined }, "no_longer_held");
  });
}

/** Everybody who is not in the group has the other outcome. */
export function rest(ids: readonly string[], group: Outcome, outcome: string): Outcome[] {
  const done = new Set(group.contactIds);
  const others = ids.filter((id) => !done.has(id));
  return [group, { outcome, contactIds: others }].filter(({ contactIds }) => contactIds.length > 0);
}
