import { loadBilling } from "#server/billing/load-billing.ts";
import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import type { Context } from "#server/platform/context.ts";
import { type PlanMoments, planMoments, type Timing } from "./cleanup-plan.ts";

/** When a plan is announced and run before the account's next update. */
export async function nextMoments(
  context: Context,
  timing: Timing,
): Promise<PlanMoments & { readonly updateAt: Date }> {
  const { calendar, now } = await loadBilling(context);
  const updateAt = nextUpdateInstant(calendar, now);
  return { updateAt, ...planMoments(timing, { updateAt, timeZone: calendar.timeZone }) };
}
