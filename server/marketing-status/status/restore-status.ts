import { sql } from "kysely";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import type { StatusChange } from "../marketing-status.ts";
import { applyChange } from "./apply-change.ts";
import { livingContacts } from "./classify.ts";
import { selectProtected } from "./queries.ts";
import { setNonMarketing } from "./set-non-marketing.ts";

/**
 * Restored contacts count again if the `until` they were deleted with still lies ahead.
 * Call it in the transaction of the restore, after the contacts live again and before `deleted_contact` is cleared.
 * Protected ones are set as non-marketing at once. Returns those that have no room and are held or refused.
 */
export function restoreStatus(context: Context, change: StatusChange): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const outcomes = await applyChange(context, {
      ...change,
      guard: "alone",
      raises: { includeProtected: false },
      insertKind: "restored",
      plan: (ids) => sql`select s.id, 'restored' as outcome, '' as reason, 'restored' as kind,
        null::timestamptz as until_before, d.kept_until as until_after,
        d.kept_source_type as source_type, d.kept_source_id as source_id
        from (${livingContacts(context, ids)}) s
        join deleted_contact d on d.account_id = ${context.accountId} and d.contact_id = s.id
        left join marketing_contact m on m.account_id = ${context.accountId} and m.contact_id = s.id
        where d.kept_until > ${context.clock.sql} and m.contact_id is null`,
    });
    await lowerProtected(context, change);
    return outcomes.filter(({ outcome }) => outcome === "held" || outcome === "refused");
  });
}

/** When a merged or restored contact is protected, the result is set as non-marketing. */
export async function lowerProtected(context: Context, change: StatusChange): Promise<void> {
  const ids = await selectProtected(context, change.ids);
  if (ids.length > 0) await setNonMarketing(context, { ...change, ids, reason: "protected" });
}
