import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { CHUNK_SIZE, LEASE_SECONDS, type OperationRow } from "./operation.ts";
import type { Outcome } from "./operation-kind.ts";

const columns = sql`id, kind, state, params, source_type as "sourceType", source_id as "sourceId",
  actor_type as "actorType", actor_id as "actorId", total::int as total, done::int as done,
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt",
  cancel_requested_at as "cancelRequestedAt", attempt, failure, undo_of as "undoOf", undone_by as "undoneBy"`;

interface NewOperation {
  readonly kind: string;
  readonly params: Record<string, unknown>;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly undoOf: string | null;
}

export async function insertOperation(
  { db, clock, actor, accountId }: Context,
  operation: NewOperation,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into operation (account_id, kind, params, source_type, source_id, actor_type, actor_id, created_at, undo_of)
    values (${accountId}, ${operation.kind}, ${JSON.stringify(operation.params)}::jsonb, ${operation.sourceType},
      ${operation.sourceId}, ${actor.type}, ${actor.id}, ${clock.sql}, ${operation.undoOf})
    returning id`.execute(db);
  return rows[0]?.id as string;
}

/**
 * Fixes the scope: the ids of `scope` (a select with a column `id`) in chunks, by one statement. Chunks follow the column
 * `orderBy`, and the ids alone without one.
 */
export async function insertChunks(
  { db, accountId }: Context,
  operationId: string,
  { scope, orderBy }: { scope: RawBuilder<unknown>; orderBy?: string | undefined },
): Promise<number> {
  const order = orderBy === undefined ? sql`id` : sql`${sql.ref(orderBy)}, id`;
  const { rows } = await sql<{ total: number }>`
    with chunk as (
      insert into operation_chunk (account_id, operation_id, number, ids)
      select ${accountId}::bigint, ${operationId}::bigint, number, array_agg(id order by id)
      from (select id, ((row_number() over (order by ${order}) - 1) / ${CHUNK_SIZE}::int)::int as number
            from (${scope}) scope) numbered
      group by number
      returning cardinality(ids) as contacts
    )
    update operation set total = (select coalesce(sum(contacts), 0) from chunk)
    where account_id = ${accountId} and id = ${operationId}
    returning total::int as total`.execute(db);
  return rows[0]?.total ?? 0;
}

export async function selectOperation(
  { db, accountId }: Context,
  id: string,
  held: boolean,
): Promise<OperationRow | undefined> {
  const { rows } = await sql<OperationRow>`select ${columns} from operation
    where account_id = ${accountId} and id = ${id} ${held ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

export async function selectOperations(
  { db, accountId }: Context,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<OperationRow[]> {
  const older = after ? sql`and id < ${after}` : sql``;
  const { rows } = await sql<OperationRow>`
    select ${columns} from operation where account_id = ${accountId} ${older}
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

export interface OutcomeCount {
  readonly operationId: string;
  readonly outcome: string;
  readonly reason: string;
  readonly contacts: number;
}

export async function countOutcomes(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<OutcomeCount[]> {
  const { rows } = await sql<OutcomeCount>`
    select operation_id as "operationId", outcome, reason, sum(contacts)::int as contacts from operation_outcome
    where account_id = ${accountId} and operation_id = any(${ids}::bigint[])
    group by operation_id, outcome, reason order by operation_id, min(chunk), outcome, reason`.execute(db);
  return rows;
}

/** Takes the operation unless another runner holds it; the attempt number proves who holds it. */
export async function claim(
  { db, clock, accountId }: Context,
  id: string,
): Promise<OperationRow | undefined> {
  const { rows } = await sql<OperationRow>`
    update operation set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, ${clock.sql}),
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    where account_id = ${accountId} and id = ${id} and state in ('queued', 'running')
      and (lease_until is null or lease_until < clock_timestamp())
    returning ${columns}`.execute(db);
  return rows[0];
}

/** Shows that this runner lives; nothing when a newer attempt has taken over. */
export async function renewLease(
  { db, accountId }: Context,
  operation: OperationRow,
): Promise<OperationRow | undefined> {
  const { rows } = await sql<OperationRow>`
    update operation set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    where account_id = ${accountId} and id = ${operation.id} and attempt = ${operation.attempt} and state = 'running'
    returning ${columns}`.execute(db);
  return rows[0];
}

/** Lets another runner, or this one later, go on after `seconds`. */
export async function releaseLease(
  { db, accountId }: Context,
  operation: OperationRow,
  seconds: number,
): Promise<void> {
  await sql`update operation set lease_until = clock_timestamp() + make_interval(secs => ${seconds})
    where account_id = ${accountId} and id = ${operation.id} and attempt = ${operation.attempt}
      and state = 'running'`.execute(db);
}

/** The operation while this runner holds it; unlike renewing it locks nothing, so chunks do not wait for each other. */
export async function selectHeld(
  { db, accountId }: Context,
  operation: OperationRow,
): Promise<OperationRow | undefined> {
  const { rows } = await sql<OperationRow>`select ${columns} from operation
    where account_id = ${accountId} and id = ${operation.id} and attempt = ${operation.attempt}
      and state = 'running'`.execute(db);
  return rows[0];
}

/** Has this transaction count in slots that requests do not use, so that none of them waits for a whole chunk. */
export async function takeLaneSlot({ db }: Context, { id }: OperationRow, lane: number): Promise<void> {
  await sql`select set_config('headroom.lane', ${String(BigInt(id) * 2n + BigInt(lane))}, true)`.execute(db);
}

/** The next chunk that is not done, locked until the transaction ends; those that others have in hand are left out. */
export async function takeChunk(
  { db, accountId }: Context,
  operationId: string,
  waits: boolean,
): Promise<{ number: number; ids: string[] } | undefined> {
  const { rows } = await sql<{ number: number; ids: string[] }>`
    select number, ids from operation_chunk
    where account_id = ${accountId} and operation_id = ${operationId} and done_at is null
    order by number limit 1 for update ${waits ? sql`` : sql`skip locked`}`.execute(db);
  return rows[0];
}

export async function hasChunksLeft({ db, accountId }: Context, operationId: string): Promise<boolean> {
  const { rows } = await sql<{ left: boolean }>`select exists (select from operation_chunk
    where account_id = ${accountId} and operation_id = ${operationId} and done_at is null) as left`.execute(
    db,
  );
  return rows[0]?.left ?? false;
}

interface FinishedChunk {
  readonly operation: OperationRow;
  readonly number: number;
  readonly outcomes: readonly Outcome[];
  readonly done: number;
}

/**
 * Marks a chunk as done together with what became of its contacts; the operation's row is locked only from here to the
 * end of the transaction. Answers how many are done in all, nothing when a newer attempt has taken over.
 */
export async function finishChunk(
  { db, clock, accountId }: Context,
  { operation, number, done, ...chunk }: FinishedChunk,
): Promise<number | undefined> {
  const outcomes = chunk.outcomes.map(({ outcome, reason, contactIds }) => ({
    outcome,
    reason: reason ?? "",
    contacts: contactIds.length,
    ids: `{${contactIds.join(",")}}`,
  }));
  const { rows } = await sql<{ done: number }>`
    with outcome as (
      insert into operation_outcome (account_id, operation_id, chunk, outcome, reason, contacts, contact_ids)
      select ${accountId}::bigint, ${operation.id}::bigint, ${number}::int, outcome, reason, contacts, ids::bigint[]
      from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
        as o(outcome text, reason text, contacts int, ids text)
    ), chunk as (
      update operation_chunk set done_at = ${clock.sql}
      where account_id = ${accountId} and operation_id = ${operation.id} and number = ${number}
    )
    update operation set done = done + ${done}
    where account_id = ${accountId} and id = ${operation.id} and attempt = ${operation.attempt}
    returning done::int as done`.execute(db);
  return rows[0]?.done;
}

export async function finishOperation(
  { db, clock, accountId }: Context,
  {
    id,
    state,
    failure = null,
  }: { id: string; state: "done" | "cancelled" | "failed"; failure?: string | null },
): Promise<void> {
  await sql`update operation set state = ${state}, finished_at = ${clock.sql}, failure = ${failure}, lease_until = null
    where account_id = ${accountId} and id = ${id}`.execute(db);
}

export async function requestCancel({ db, clock, accountId }: Context, id: string): Promise<void> {
  await sql`update operation set cancel_requested_at = ${clock.sql}
    where account_id = ${accountId} and id = ${id} and cancel_requested_at is null
      and state in ('queued', 'running', 'needs_confirmation')`.execute(db);
}

/** True for the one who takes it back first. */
export async function markUndone({ db, accountId }: Context, id: string, undoneBy: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update operation set undone_by = ${undoneBy}
    where account_id = ${accountId} and id = ${id} and undone_by is null`.execute(db);
  return numAffectedRows === 1n;
}

/** Operations that wait for a runner, in every account: never claimed, or their runner is silent. */
export async function selectAbandoned({ db }: Context): Promise<{ accountId: string; id: string }[]> {
  const { rows } = await sql<{ accountId: string; id: string }>`
    select account_id as "accountId", id from operation
    where state in ('queued', 'running') and (lease_until < clock_timestamp()
      or lease_until is null and created_at < clock_timestamp() - interval '5 seconds')
    order by account_id, id limit 100`.execute(db);
  return rows;
}

/** The contacts an operation changed, as a scope for taking it back. */
export function changedContacts(
  { accountId }: Context,
  operationId: string,
  outcomes: readonly string[],
): RawBuilder<unknown> {
  return sql`select unnest(contact_ids) as id from operation_outcome
    where account_id = ${accountId} and operation_id = ${operationId} and outcome = any(${outcomes}::text[])`;
}

interface OutcomePage {
  readonly operationId: string;
  readonly outcome: string | undefined;
  readonly reason: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

interface OperationContact {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly outcome: string;
  readonly reason: string;
  readonly deleted: boolean;
}

export async function selectContacts(
  { db, accountId }: Context,
  page: OutcomePage,
): Promise<OperationContact[]> {
  const outcome = page.outcome === undefined ? sql`` : sql`and o.outcome = ${page.outcome}`;
  const reason = page.reason === undefined ? sql`` : sql`and o.reason = ${page.reason}`;
  const { rows } = await sql<OperationContact>`
    select i.id, coalesce(nullif(concat_ws(' ', c.firstname, c.lastname), ''), c.email, '') as name, c.email,
      i.outcome, i.reason, c.id is null or c.deleted_at is not null as deleted
    from (select unnest(o.contact_ids) as id, o.outcome, o.reason from operation_outcome o
          where o.account_id = ${accountId} and o.operation_id = ${page.operationId} ${outcome} ${reason}) i
    left join contact c on c.account_id = ${accountId} and c.id = i.id
    where i.id > ${page.after ?? "0"} order by i.id limit ${page.limit}`.execute(db);
  return rows;
}

export async function selectActorNames(
  { db, accountId }: Context,
  userIds: readonly string[],
  tokenIds: readonly string[],
): Promise<{ key: string; name: string }[]> {
  const { rows } = await sql<{ key: string; name: string }>`
    select 'user:' || u.id as key, u.name from app_user u where u.id = any(${userIds}::bigint[])
    union all
    select 'token:' || t.id, t.name from api_token t
    where t.account_id = ${accountId} and t.id = any(${tokenIds}::bigint[])`.execute(db);
  return rows;
}

/** Lets the planner know how the tables look now. */
export async function refreshStatistics({ db }: Context, tables: readonly string[]): Promise<void> {
  await sql`select refresh_statistics(${tables}::text[])`.execute(db);
}
