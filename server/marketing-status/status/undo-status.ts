import { type RawBuilder, sql } from "kysely";
import { tellBefore } from "#server/billing/alerts/watch-limits.ts";
import { nextUpdate, periodStart } from "#server/billing/load-billing.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { endHeld } from "../holds/queries.ts";
import type { StatusChange } from "../marketing-status.ts";
import { hasLoweredHeld, reopenHeld } from "../review/queries.ts";
import { applyChange } from "./apply-change.ts";
import { isProtected, livingContacts, statusOf } from "./classify.ts";
import { enterGuard } from "./enter-guard.ts";

interface Undo extends StatusChange {
  /** Which latest ledger entry may be taken back: one of this operation, or this very one. */
  readonly entry: { readonly operationId: string } | { readonly changeId: string };
  /** A person raises one contact on purpose, protected or not. */
  readonly includeProtected?: boolean;
}

/**
 * Takes the latest change of each contact back if it is still the one meant.
 * Lowered: unscheduled, or set_marketing when the update has passed. Raised: undone as if it never happened within
 * 24 hours, in the same period and before the contact was used; otherwise scheduled. Held: unheld.
 * Held until a lowering: held again. Else changed_since.
 */
export function undoStatus(context: Context, undo: Undo): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const lowered = await loweredHeld(context, undo);
    // No raise may come between reading that a contact does not count and its waiting again.
    const alone = lowered !== null;
    const guard = await enterGuard(context, { contacts: undo.ids.length, alone, lowers: true });
    const dates = { next: await nextUpdate(context), start: await periodStart(context) };
    await tellBefore(context);
    const unheld = await unhold(context, undo);
    const held = lowered === null ? [] : await reopenHeld(context, { ...lowered, ids: undo.ids });
    const gone = new Set([...unheld, ...held]);
    const outcomes = await applyChange(context, {
      ...undo,
      ids: undo.ids.filter((id) => !gone.has(id)),
      guard,
      raises: { includeProtected: undo.includeProtected ?? false },
      insertKind: "set_marketing",
      plan: (ids) => undoPlan(context, { ...undo, ids }, dates),
    });
    const groups = [
      { outcome: "unheld", contactIds: unheld },
      { outcome: "held", contactIds: held },
    ];
    return [...outcomes, ...groups.filter(({ contactIds }) => contactIds.length > 0)];
  });
}

/** The operation, if it is one that ended holds by lowering. */
async function loweredHeld(context: Context, { entry }: Undo) {
  if (!("operationId" in entry) || !(await hasLoweredHeld(context, entry.operationId))) return null;
  return { by: "lowered", operationId: entry.operationId } as const;
}

/** What the operation had held no longer waits. */
async function unhold(context: Context, { ids, entry, operationId }: Undo): Promise<string[]> {
  if (!("operationId" in entry)) return [];
  return endHeld(context, { ids, by: "undone", operationId, heldBy: entry.operationId });
}

function undoPlan(
  context: Context,
  undo: Undo,
  { next, start }: { next: Date; start: Date },
): RawBuilder<unknown> {
  const meant =
    "operationId" in undo.entry
      ? sql`l.operation_id is not distinct from ${undo.entry.operationId}::bigint`
      : sql`l.id = ${undo.entry.changeId}::bigint`;
  const guarded = undo.includeProtected ? sql`false` : isProtected(context);
  return sql`
    select id, split_part(code, ':', 1) as outcome, split_part(code, ':', 2) as reason,
      case when code in ('unscheduled', 'set_marketing', 'undone', 'scheduled') then code end as kind,
      until as until_before,
      case code when 'undone' then null when 'scheduled' then ${next}::timestamptz else 'infinity' end as until_after,
      ${undo.sourceType}::text as source_type, ${undo.sourceId ?? null}::text as source_id
    from (
      select s.id, m.until, case
        when not (${meant}) or l.id is null then 'changed_since'
        when l.kind in ('scheduled', 'rescheduled') and m.until < 'infinity' then 'unscheduled'
        when l.kind = 'became_non_marketing' and m.until is null then case
          when p.pin = 'never' then 'skipped:pinned'
          when ${guarded} then 'skipped:protected'
          else 'set_marketing' end
        when l.kind in ('set_marketing', 'unscheduled') and m.until = 'infinity' then case
          when p.pin = 'always' then 'skipped:pinned'
          when l.kind = 'set_marketing' and m.used_at is null and l.recorded_at >= ${start}::timestamptz
            and l.recorded_at > ${context.clock.sql} - interval '24 hours' then 'undone'
          else 'scheduled' end
        else 'changed_since' end as code
      from (${livingContacts(context, undo.ids)}) s ${statusOf(context, undo.ids)}
      left join lateral (
        select id, kind, operation_id, recorded_at from marketing_change
        where account_id = ${context.accountId} and contact_id = s.id order by id desc limit 1
      ) l on true
      offset 0
    ) classified`;
}
