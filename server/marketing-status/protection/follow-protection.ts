import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { endHeld } from "../holds/queries.ts";
import type { StatusChange } from "../marketing-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { schedulesProtected, selectScheduledByProtection } from "./queries.ts";

/**
 * Contacts that have just become protected leave at the next update, where the account wants it so.
 * Call it in the transaction that recorded the opt-out, bounce or complaint.
 */
export function followProtection(context: Context, change: StatusChange): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockGuard(context);
    await endHeld(context, { ids: change.ids, by: "protected", operationId: change.operationId });
    if (change.ids.length === 0 || !(await schedulesProtected(context))) return;
    await setNonMarketing(context, { ...change, reason: "protected" });
  });
}

/** Cancels what only the protection had scheduled, when the protection is lifted. */
export function followLifting(context: Context, change: StatusChange): Promise<void> {
  return inTransaction(context, async (context) => {
    const ids = await selectScheduledByProtection(context, change.ids);
    if (ids.length > 0) await setMarketing(context, { ...change, ids, reason: "protection_lifted" });
  });
}
