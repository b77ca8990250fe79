import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { isProtected } from "../status/classify.ts";

export interface StatusRow {
  readonly until: Date | "infinity" | null;
  readonly since: Date | null;
  readonly sourceType: string | null;
  readonly sourceId: string | null;
  readonly pin: "always" | "never" | null;
  readonly protected: boolean;
}

/** The status of one living contact; undefined when there is none in this account. */
export async function selectStatus(context: Context, contactId: string): Promise<StatusRow | undefined> {
  const { db, accountId } = context;
  const { rows } = await sql<StatusRow & { infinite: boolean }>`
    select nullif(m.until, 'infinity') as until, coalesce(m.until = 'infinity', false) as infinite, m.since,
      m.source_type as "sourceType", m.source_id as "sourceId", p.pin, ${isProtected(context)} as protected
    from contact s
    left join marketing_contact m on m.account_id = s.account_id and m.contact_id = s.id
    left join marketing_pin p on p.account_id = s.account_id and p.contact_id = s.id
    where s.account_id = ${accountId} and s.id = ${contactId} and s.deleted_at is null`.execute(db);
  const [row] = rows;
  return row && { ...row, until: row.infinite ? "infinity" : row.until };
}

export interface LedgerRow {
  readonly id: string;
  readonly kind: string;
  /** Text, because `infinity` is no instant in JSON. */
  readonly untilBefore: string | null;
  readonly untilAfter: string | null;
  readonly recordedAt: Date;
  readonly effectiveAt: Date;
  readonly delta: number;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly actorType: "user" | "token" | "command" | "system" | "anonymous";
  readonly actorId: string | null;
  readonly operationId: string | null;
  readonly reason: string;
}

/** A contact's whole ledger, newest first: it is short, because only real changes are entered. */
export async function selectLedger({ db, accountId }: Context, contactId: string): Promise<LedgerRow[]> {
  const iso = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`);
  const { rows } = await sql<LedgerRow>`
    select id, kind, delta::int as delta,
      case when until_before = 'infinity' then 'infinity' else to_char(until_before, ${iso}) end as "untilBefore",
      case when until_after = 'infinity' then 'infinity' else to_char(until_after, ${iso}) end as "untilAfter",
      recorded_at as "recordedAt", effective_at as "effectiveAt", source_type as "sourceType", source_id as "sourceId",
      actor_type as "actorType", actor_id as "actorId", operation_id as "operationId", reason
    from marketing_change where account_id = ${accountId} and contact_id = ${contactId}
    order by id desc limit 1000`.execute(db);
  return rows;
}

export interface FactRow {
  readonly kind: "opt_out" | "bounce" | "complaint";
  readonly at: Date;
  readonly reason: string;
  readonly protects: boolean;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly actorType: LedgerRow["actorType"];
  readonly actorId: string | null;
}

export async function selectFacts({ db, accountId }: Context, contactId: string): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select kind, at, reason, protects, source_type as "sourceType", source_id as "sourceId", actor_type as "actorType",
      actor_id as "actorId"
    from subscription_fact where account_id = ${accountId} and contact_id = ${contactId} order by at desc`.execute(
    db,
  );
  return rows;
}

export async function savePin(
  { db, clock, actor, accountId }: Context,
  { contactId, pin }: { contactId: string; pin: "always" | "never" },
): Promise<void> {
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type, actor_id)
    values (${accountId}, ${contactId}, ${pin}, ${clock.sql}, ${actor.type}, ${actor.id})
    on conflict (account_id, contact_id) do update set pin = excluded.pin, at = excluded.at,
      actor_type = excluded.actor_type, actor_id = excluded.actor_id`.execute(db);
}

export async function deletePin({ db, accountId }: Context, contactId: string): Promise<void> {
  await sql`delete from marketing_pin where account_id = ${accountId} and contact_id = ${contactId}`.execute(
    db,
  );
}

/** Names of the workflows that set a status. */
export async function selectWorkflowNames(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from workflow where account_id = ${accountId} and id = any(${ids}::bigint[])`.execute(db);
  return rows;
}

/** Names of the imports that set a status: their files. */
export async function selectImportNames(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, file_name as name from import
    where account_id = ${accountId} and id = any(${ids}::bigint[])`.execute(db);
  return rows;
}
