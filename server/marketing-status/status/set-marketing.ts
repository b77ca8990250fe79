import { sql } from "kysely";
import type { Outcome } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import type { StatusChange } from "../marketing-status.ts";
import { guardSource } from "../spikes/guard-source.ts";
import { applyChange } from "./apply-change.ts";
import { classify, livingContacts } from "./classify.ts";

interface Raise extends StatusChange {
  /** A person decided to raise protected contacts too. Pins are always respected. */
  readonly includeProtected?: boolean;
}

/**
 * Counts at once. Outcomes: set_marketing, unscheduled (was waiting), already_marketing,
 * skipped (protected or pinned), held, already_held or refused (limit or maximum), paused (the source), missing.
 */
export function setMarketing(
  context: Context,
  { includeProtected = false, ...change }: Raise,
): Promise<Outcome[]> {
  const act = (context: Context) =>
    applyChange(context, {
      ...change,
      guard: "none",
      raises: { includeProtected },
      insertKind: "set_marketing",
      plan: (ids) => sql`select id, outcome, reason,
      case when outcome in ('set_marketing', 'unscheduled') then outcome end as kind,
      until as until_before, 'infinity'::timestamptz as until_after,
      ${change.sourceType}::text as source_type, ${change.sourceId ?? null}::text as source_id
      from (${classify(context, { scope: livingContacts(context, ids), ids, to: "marketing", includeProtected })}) c`,
    });
  return guardSource(context, { change: { ...change, includeProtected }, direction: "raise", act });
}
