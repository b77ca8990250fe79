import type { z } from "zod";
import type * as contract from "#contract/billing.ts";
import { updateAccount } from "#server/accounts/update-account.ts";
import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import { saveBilling } from "#server/billing/save-billing.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { forgetDaysFrom, selectUsage } from "../usage/queries.ts";
import { waitingAfter } from "./queries.ts";

/** Changes plan, tier or calendar. Waiting contacts keep the earlier of their old and the new instant. */
export function changeBilling(
  context: Context,
  change: z.output<typeof contract.changeBilling.input>,
): Promise<z.input<typeof contract.changeBilling.reply>> {
  return inTransaction(context, async (context) => {
    await lockGuard(context);
    if (typeof change.maximum === "number") await requireMaximumHolds(context, change.maximum);
    const { calendarChanged, after, booked } = await saveBilling(context, change);
    if (change.timeZone !== undefined) {
      await updateAccount(context, { timeZone: change.timeZone });
      // Days of the new zone begin and end at other moments.
      await forgetDaysFrom(context, new Date(0));
    }
    const done = {
      nextUpdate: after.toISOString(),
      booked: booked.map(({ what, plan, tier, day }) => ({ what, plan, tier, day })),
    };
    if (!calendarChanged) return { ...done, moved: 0 };
    const { total } = await startOperation(context, {
      kind: "reschedule_waiting",
      params: { effectiveAt: after.toISOString() },
      scope: waitingAfter(context, after),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    return { ...done, moved: total };
  });
}

/** A maximum is never exceeded, so none below what counts already can be set. */
async function requireMaximumHolds(context: Context, maximum: number): Promise<void> {
  const { marketing: usage } = await selectUsage(context, await context.clock.now(context.db));
  if (maximum < usage && maximum >= 0) {
    throw new AppError("invalid_input", "billing:maximum_below_usage", { maximum, usage });
  }
}
