import { type RawBuilder, sql } from "kysely";
import type { Outcome } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import type { StatusChange } from "../marketing-status.ts";
import { applyChange } from "./apply-change.ts";
import { isProtected, livingContacts, statusOf } from "./classify.ts";

interface Unscheduling {
  /** Only who waits for this very update: whoever has left meanwhile would be a raise. */
  readonly instant: Date;
  readonly includeProtected: boolean;
}

/**
 * Contacts that wait for an update stay marketing contacts. They count all along, so no limit is met. Outcomes:
 * unscheduled, skipped (protected or pinned), changed_since (no longer waiting for it), missing.
 */
export function unschedule(
  context: Context,
  { instant, includeProtected, ...change }: StatusChange & Unscheduling,
): Promise<Outcome[]> {
  return applyChange(context, {
    ...change,
    guard: "alone",
    insertKind: "set_marketing",
    plan: (ids) => sql`select id, outcome, reason, case when outcome = 'unscheduled' then outcome end as kind,
      until as until_before, 'infinity'::timestamptz as until_after, null::text as source_type, null::text as source_id
      from (${classifyWaiting(context, { scope: livingContacts(context, ids), ids, instant, includeProtected })}) c`,
  });
}

interface Question extends Unscheduling {
  /** A select of one column `id`. */
  readonly scope: RawBuilder<unknown>;
  readonly ids?: readonly string[];
}

/** What cancelling the schedule would do to each contact of `scope`: columns id, until, outcome, reason. */
export function classifyWaiting(
  context: Context,
  { scope, ids, instant, includeProtected }: Question,
): RawBuilder<unknown> {
  const guarded = includeProtected ? sql`false` : isProtected(context);
  return sql`select id, until, split_part(code, ':', 1) as outcome, split_part(code, ':', 2) as reason
    from (select s.id, m.until, case
        when m.until is distinct from ${instant}::timestamptz or m.until <= ${context.clock.sql} then 'changed_since'
        when p.pin = 'never' then 'skipped:pinned'
        when ${guarded} then 'skipped:protected'
        else 'unscheduled' end as code
      from (${scope}) s ${statusOf(context, ids)} offset 0) classified`;
}
