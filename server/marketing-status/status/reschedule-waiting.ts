import { sql } from "kysely";
import { nextUpdate } from "#server/billing/load-billing.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import type { StatusChange } from "../marketing-status.ts";
import { applyChange } from "./apply-change.ts";
import { livingContacts, statusOf } from "./classify.ts";

/** After a change of the calendar: waiting contacts keep the earlier of their old and the new instant. */
export function rescheduleWaiting(context: Context, change: StatusChange): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const next = await nextUpdate(context);
    return applyChange(context, {
      ...change,
      guard: "none",
      insertKind: "set_marketing",
      plan: (ids) => sql`select s.id, case when m.until > ${next}::timestamptz and m.until < 'infinity'
          then 'rescheduled' else 'unchanged' end as outcome, '' as reason,
        case when m.until > ${next}::timestamptz and m.until < 'infinity' then 'rescheduled' end as kind,
        m.until as until_before, ${next}::timestamptz as until_after,
        null::text as source_type, null::text as source_id
        from (${livingContacts(context, ids)}) s ${statusOf(context, ids)}`,
    });
  });
}
