import { sql } from "kysely";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { endHeldOfMarketing, moveHeld } from "../holds/queries.ts";
import type { Source } from "../marketing-status.ts";
import { applyChange } from "./apply-change.ts";
import { lockRows } from "./queries.ts";
import { lowerProtected } from "./restore-status.ts";

interface Merge extends Source {
  readonly survivorId: string;
  readonly loserId: string;
  readonly operationId?: string | null;
}

/**
 * The survivor keeps the later `until`; the loser stops counting. Call it in the transaction of the merge, while the
 * loser's row still exists and after opt-outs and bounces have moved to the survivor.
 */
export function mergeStatus(context: Context, { survivorId, loserId, ...source }: Merge): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockRows(context, [survivorId, loserId]);
    await applyChange(context, {
      ...source,
      ids: [survivorId, loserId],
      guard: "alone",
      insertKind: "merged",
      plan: () => sql`
        with side as (
          select contact_id, until, source_type, source_id from marketing_contact
          where account_id = ${context.accountId} and contact_id = any(${[survivorId, loserId]}::bigint[])
        ), latest as (select max(until) as until from side)
        select i.id, 'merged' as outcome, '' as reason,
          case when side.until is distinct from goal.until then 'merged' end as kind,
          side.until as until_before, goal.until as until_after,
          loser.source_type, loser.source_id
        from (values (${survivorId}::bigint), (${loserId}::bigint)) i(id)
        cross join latest
        cross join lateral (select case when i.id = ${survivorId}::bigint then latest.until end as until) goal
        left join side on side.contact_id = i.id
        left join side loser on loser.contact_id = ${loserId}::bigint`,
    });
    await moveHeld(context, { from: loserId, to: survivorId });
    await endHeldOfMarketing(context, { ids: [survivorId], operationId: source.operationId ?? null });
    await lowerProtected(context, { ...source, ids: [survivorId] });
  });
}
