import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { Outcome } from "../operation-kind.ts";
import type { Trickle } from "./trickle.ts";

const isTrickle = ({ accountId }: Context, { kind, of, sourceType, sourceId }: Trickle) =>
  sql`account_id = ${accountId} and kind = ${kind} and source_type = ${sourceType} and source_id = ${sourceId}
    and params ->> 'trickle' = ${of} and params ? 'trickle' and undone_by is null`;

export async function findTrickle(context: Context, trickle: Trickle): Promise<string | undefined> {
  const { rows } = await sql<{
    id: string;
  }>`select id from operation where ${isTrickle(context, trickle)}`.execute(context.db);
  return rows[0]?.id;
}

/** Begins it unless somebody else has at the same moment; it is finished at every moment, and grows. */
export async function beginTrickle(context: Context, trickle: Trickle): Promise<string> {
  const { db, clock, actor, accountId } = context;
  const params = JSON.stringify({ ...trickle.params, trickle: trickle.of });
  const { rows } = await sql<{ id: string }>`
    insert into operation (account_id, kind, state, params, source_type, source_id, actor_type, actor_id, created_at,
      started_at, finished_at)
    values (${accountId}, ${trickle.kind}, 'done', ${params}::jsonb, ${trickle.sourceType}, ${trickle.sourceId},
      ${actor.type}, ${actor.id}, ${clock.sql}, ${clock.sql}, ${clock.sql})
    on conflict do nothing returning id`.execute(db);
  return rows[0]?.id ?? ((await findTrickle(context, trickle)) as string);
}

/** Takes an operation back that nobody has come into. */
export async function dropEmpty({ db, accountId }: Context, operationId: string): Promise<void> {
  await sql`delete from operation where account_id = ${accountId} and id = ${operationId} and total = 0`.execute(
    db,
  );
}

/**
 * Adds to a finished operation what has become of further contacts; those who add at the same moment take turns. False,
 * and nothing is added, when it has been taken back meanwhile.
 */
export async function addOutcomes(
  context: Context,
  operationId: string,
  outcomes: readonly Outcome[],
): Promise<boolean> {
  const { db, clock, accountId } = context;
  const added = outcomes.map(({ outcome, reason, contactIds }) => ({
    outcome,
    reason: reason ?? "",
    contacts: contactIds.length,
    ids: `{${contactIds.join(",")}}`,
  }));
  const done = added.reduce((sum, { contacts }) => sum + contacts, 0);
  const { numAffectedRows } = await sql`update operation set total = total + ${done}, done = done + ${done},
      finished_at = ${clock.sql}
    where account_id = ${accountId} and id = ${operationId} and undone_by is null`.execute(db);
  if (numAffectedRows === 0n) return false;
  await sql`insert into operation_outcome (account_id, operation_id, chunk, outcome, reason, contacts, contact_ids)
    select ${accountId}::bigint, ${operationId}::bigint, (select coalesce(max(chunk) + 1, 0) from operation_outcome
      where account_id = ${accountId} and operation_id = ${operationId}), outcome, reason, contacts, ids::bigint[]
    from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as o(outcome text, reason text, contacts int, ids text)`.execute(
    db,
  );
  return true;
}
