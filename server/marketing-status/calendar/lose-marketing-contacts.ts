import { sql } from "kysely";
import { switchMarketingContacts } from "#server/billing/enable-marketing-contacts.ts";
import { nextUpdate } from "#server/billing/load-billing.ts";
import type { Chunk, OperationKind, Outcome } from "#server/operations/operation-kind.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { changingOutcomes } from "../marketing-status.ts";
import { applyChange } from "../status/apply-change.ts";
import { livingContacts, statusOf } from "../status/classify.ts";
import { everyMarketing, nobody } from "./queries.ts";

/**
 * Takes marketing contacts from the account: one operation schedules everybody who counts, pins or not. Until the next
 * update it can be undone. Without marketing contacts already it does nothing: no operation.
 */
export function loseMarketingContacts(
  context: Context,
): Promise<{ operationId: string | null; contacts: number }> {
  return inTransaction(context, async (context) => {
    if (!(await switchMarketingContacts(context, false))) return { operationId: null, contacts: 0 };
    const effectiveAt = (await nextUpdate(context)).toISOString();
    const { operationId, total } = await startOperation(context, {
      kind: "lose_marketing_contacts",
      params: { effectiveAt },
      scope: everyMarketing(context),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    return { operationId, contacts: total };
  });
}

/** Gives the account marketing contacts: one operation and one event, and everybody is non-marketing. Twice is once. */
export function gainMarketingContacts(context: Context): Promise<{ operationId: string | null }> {
  return inTransaction(context, async (context) => {
    if (!(await switchMarketingContacts(context, true))) return { operationId: null };
    const { operationId } = await startOperation(context, {
      kind: "gain_marketing_contacts",
      scope: nobody(),
      sourceType: "INITIAL_STATE",
    });
    return { operationId };
  });
}

function scheduleAll(
  context: Context,
  { ids, operationId, sourceType, sourceId }: Chunk,
): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const next = await nextUpdate(context);
    return applyChange(context, {
      ids,
      operationId,
      sourceId,
      sourceType,
      guard: "none",
      insertKind: "set_marketing",
      plan: (ids) => sql`select s.id, case when m.until = 'infinity' then 'scheduled'
          when m.until > ${context.clock.sql} then 'already_waiting' else 'already_non_marketing' end as outcome,
        '' as reason, case when m.until = 'infinity' then 'scheduled' end as kind,
        m.until as until_before, ${next}::timestamptz as until_after, null::text as source_type, null::text as source_id
        from (${livingContacts(context, ids)}) s ${statusOf(context, ids)}`,
    });
  });
}

export const marketingContactsKinds: OperationKind[] = [
  {
    name: "lose_marketing_contacts",
    permission: "billing.edit",
    writes: ["marketing_contact", "marketing_change"],
    runChunk: scheduleAll,
    undo: { kind: "undo_status", outcomes: changingOutcomes },
  },
  {
    name: "gain_marketing_contacts",
    permission: "billing.edit",
    runChunk: () => Promise.resolve([]),
  },
];
