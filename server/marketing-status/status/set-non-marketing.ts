import { sql } from "kysely";
import { nextUpdate } from "#server/billing/load-billing.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { endHeld } from "../holds/queries.ts";
import type { StatusChange } from "../marketing-status.ts";
import { guardSource } from "../spikes/guard-source.ts";
import { applyChange } from "./apply-change.ts";
import { classify, livingContacts } from "./classify.ts";

/**
 * Contacts count until the next update, so this schedules the change rather than making it.
 * Outcomes: scheduled, unheld, already_waiting, already_non_marketing, skipped (pinned), paused (the source), missing.
 */
export function setNonMarketing(context: Context, change: StatusChange): Promise<Outcome[]> {
  return guardSource(context, { change, direction: "lower", act: (context) => lower(context, change) });
}

function lower(context: Context, change: StatusChange): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const next = await nextUpdate(context);
    // Before the plan reads: an approval at the same moment is waited for, and then lowered like any other.
    const ended = await endHeld(context, {
      ids: change.ids,
      by: "lowered",
      operationId: change.operationId,
    });
    const outcomes = await applyChange(context, {
      ...change,
      guard: "none",
      insertKind: "set_marketing",
      plan: (
        ids,
      ) => sql`select id, outcome, reason, case when outcome = 'scheduled' then 'scheduled' end as kind,
        until as until_before, ${next}::timestamptz as until_after, null::text as source_type, null::text as source_id
        from (${classify(context, { scope: livingContacts(context, ids), ids, to: "non_marketing", includeProtected: true })}) c`,
    });
    return ended.length === 0 ? outcomes : withUnheld(outcomes, new Set(ended));
  });
}

/** Who was only held does not wait any more: a group of its own, so that an undo finds them. */
function withUnheld(outcomes: readonly Outcome[], ended: ReadonlySet<string>): Outcome[] {
  return outcomes
    .flatMap((group) =>
      group.outcome === "already_non_marketing"
        ? [
            { ...group, contactIds: group.contactIds.filter((id) => !ended.has(id)) },
            { outcome: "unheld", contactIds: group.contactIds.filter((id) => ended.has(id)) },
          ]
        : [group],
    )
    .filter(({ contactIds }) => contactIds.length > 0);
}
