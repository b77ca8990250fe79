import type { z } from "zod";
import type * as contract from "#contract/billing.ts";
import { updateAccount } from "#server/accounts/update-account.ts";
import { saveBilling } from "#server/billing/save-billing.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { waitingAfter } from "./queries.ts";

/** Changes plan, tier or calendar. Waiting contacts keep the earlier of their old and the new instant. */
export function changeBilling(
  context: Context,
  change: z.output<typeof contract.changeBilling.input>,
): Promise<z.input<typeof contract.changeBilling.reply>> {
  return inTransaction(context, async (context) => {
    const { calendarChanged, after } = await saveBilling(context, change);
    if (change.timeZone !== undefined) await updateAccount(context, { timeZone: change.timeZone });
    if (!calendarChanged) return { nextUpdate: after.toISOString(), moved: 0 };
    const { total } = await startOperation(context, {
      kind: "reschedule_waiting",
      params: { effectiveAt: after.toISOString() },
      scope: waitingAfter(context, after),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    return { nextUpdate: after.toISOString(), moved: total };
  });
}
