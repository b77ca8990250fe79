import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { holding } from "../holds/queries.ts";
import { isProtected, within } from "./classify.ts";

export interface PlannedChange {
  readonly ids: readonly string[];
  /**
   * Columns id, outcome, reason, kind (null: nothing to do), until_before, until_after, and for new rows
   * source_type and source_id.
   */
  readonly plan: RawBuilder<unknown>;
  /** The ledger's kind for rows that are new; one plan inserts for one reason only. */
  readonly insertKind: "set_marketing" | "restored" | "merged";
  readonly sourceType: string;
  readonly sourceId?: string | null | undefined;
  readonly operationId?: string | null | undefined;
  readonly reason?: string | undefined;
  /** The plan may have rows that are `held`: they are kept, whoever of them was protected. */
  readonly holds?: { readonly includeProtected: boolean } | undefined;
}

interface AppliedGroup {
  readonly outcome: string;
  readonly reason: string;
  readonly planned: boolean;
  readonly ids: string[];
}

export interface Applied {
  readonly groups: AppliedGroup[];
  /** Who was changed; null when it is everybody the plan wanted to change, as nearly always. */
  readonly changed: string[] | null;
}

/** Writes the rows that still are what the plan read; `changed` is who was changed, from what to what. */
function changes({ clock, actor, accountId }: Context, change: PlannedChange): RawBuilder<unknown> {
  const operationId = sql`${change.operationId ?? null}::bigint`;
  const range = within(sql`m.contact_id`, change.ids);
  return sql`updated as (
      update marketing_contact m set until = p.until_after, operation_id = ${operationId},
        actor_type = ${actor.type}, actor_id = ${actor.id}
      from plan p
      where m.account_id = ${accountId} and m.contact_id = p.id and p.kind is not null
        and p.until_before is not null and p.until_after is not null and m.until = p.until_before
        ${range}
      returning m.contact_id, p.kind, p.until_before, p.until_after
    ),
    removed as (
      delete from marketing_contact m using plan p
      where m.account_id = ${accountId} and m.contact_id = p.id and p.kind is not null
        and p.until_before is not null and p.until_after is null and m.until = p.until_before
        ${range}
      returning m.contact_id, p.kind, p.until_before, null::timestamptz as until_after
    ),
    inserted as (
      insert into marketing_contact
        (account_id, contact_id, since, until, source_type, source_id, actor_type, actor_id, operation_id)
      select ${accountId}::bigint, p.id, ${clock.sql}, p.until_after, p.source_type, p.source_id, ${actor.type}::text,
        ${actor.id}::bigint, ${operationId}
      from plan p where p.kind is not null and p.until_before is null and p.until_after is not null
      order by p.id
      on conflict (account_id, contact_id) do nothing
      returning contact_id, ${change.insertKind}::text as kind, null::timestamptz as until_before, until as until_after
    ),
    changed as (
      select * from updated union all select * from removed union all select * from inserted
    )`;
}

/** The ledger entries and tally moves of `changed`; the tally in `until` order, so that writers do not lock crosswise. */
function entries({ clock, actor, accountId }: Context, change: PlannedChange): RawBuilder<unknown> {
  return sql`ledger as (
      insert into marketing_change (account_id, contact_id, kind, until_before, until_after, recorded_at, effective_at,
        delta, source_type, source_id, actor_type, actor_id, operation_id, reason)
      select ${accountId}::bigint, contact_id, kind, until_before, until_after, ${clock.sql},
        case when kind in ('scheduled', 'rescheduled') then until_after else ${clock.sql} end,
        (until_after is not null)::int - (until_before is not null)::int,
        ${change.sourceType}::text, ${change.sourceId ?? null}::text, ${actor.type}::text, ${actor.id}::bigint,
        ${change.operationId ?? null}::bigint, ${change.reason ?? ""}::text
      from changed
    ),
    tally as (
      insert into usage_tally as t (account_id, until, slot, contacts)
      select ${accountId}::bigint, until, tally_slot(), sum(contacts)
      from (select until_before as until, -count(*) as contacts from changed where until_before is not null group by 1
            union all
            select until_after, count(*) from changed where until_after is not null group by 1) moved
      group by until having sum(contacts) <> 0 order by until
      on conflict (account_id, until, slot) do update set contacts = t.contacts + excluded.contacts
    )`;
}

/** From so many rows on a nested loop that old statistics make look cheap can take minutes. */
const MANY = 1_000;

/** Runs a statement over many rows without nested loops, in the caller's transaction. */
export async function joinedByHash<T>({ db }: Context, rows: number, work: () => Promise<T>): Promise<T> {
  if (rows < MANY) return work();
  await sql`set local enable_nestloop = off`.execute(db);
  const result = await work();
  await sql`set local enable_nestloop = on`.execute(db);
  return result;
}

/**
 * Every act in one statement: rows, ledger and tally together. Who was changed comes back apart from the plan, so that
 * the caller repeats for those that somebody else changed meanwhile, and no large CTE is joined with another.
 */
export async function applyPlan(context: Context, change: PlannedChange): Promise<Applied> {
  const apply = sql<AppliedGroup & { changed: string[] | null }>`
    with plan as materialized (${change.plan}),
    ${changes(context, change)},
    ${entries(context, change)}
    ${change.holds ? holding(context, { ...change, ...change.holds }) : sql``}
    select outcome, reason, kind is not null as planned, array_agg(id order by id) as ids, null::bigint[] as changed
    from plan group by 1, 2, 3
    union all
    select '', '', false, null, coalesce(array_agg(contact_id), '{}') from changed
    having count(*) <> (select count(*) from plan where kind is not null)`;
  const { rows } = await joinedByHash(context, change.ids.length, () => apply.execute(context.db));
  const changed = rows.find((row) => row.ids === null)?.changed ?? null;
  return { groups: rows.filter((row) => row.ids !== null), changed };
}

/** Whether any contact's time has passed without being settled. */
export async function hasDue({ db, clock, accountId }: Context): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`select exists (select from usage_tally
    where account_id = ${accountId} and until <= ${clock.sql} group by until having sum(contacts) <> 0) as due`.execute(
    db,
  );
  return rows[0]?.due ?? false;
}

/** The latest instant at which contacts have left by themselves, settled or not, if it is not long past. */
export async function lastDue({ db, clock, accountId }: Context): Promise<Date | null> {
  const { rows } = await sql<{ last: Date | null }>`select max(until) as last from usage_tally
    where account_id = ${accountId} and until <= ${clock.sql}`.execute(db);
  return rows[0]?.last ?? null;
}

export interface SettledInstant {
  readonly until: Date;
  readonly contacts: number;
}

/**
 * Removes rows whose time has passed, some at a time, with their ledger entries as of that time.
 * Rows that another worker is settling are left to it.
 */
export async function settle(
  { db, clock, accountId }: Context,
  { ids, limit }: { ids?: readonly string[]; limit: number },
): Promise<SettledInstant[]> {
  const among = ids ? sql`and contact_id = any(${ids}::bigint[])` : sql``;
  const others = ids ? sql`for update` : sql`for update skip locked`;
  const { rows } = await sql<SettledInstant>`
    with due as (
      select contact_id from marketing_contact
      where account_id = ${accountId} and until <= ${clock.sql} ${among}
      order by contact_id limit ${limit} ${others}
    ),
    settled as (
      delete from marketing_contact m using due
      where m.account_id = ${accountId} and m.contact_id = due.contact_id and m.until <= ${clock.sql}
      returning m.contact_id, m.until, m.operation_id
    ),
    ledger as (
      insert into marketing_change (account_id, contact_id, kind, until_before, until_after, recorded_at, effective_at,
        delta, source_type, actor_type, operation_id)
      select ${accountId}::bigint, contact_id, 'became_non_marketing', until, null, ${clock.sql}, until,
        -1, 'SYSTEM', 'system', operation_id
      from settled
    ),
    tally as (
      insert into usage_tally as t (account_id, until, slot, contacts)
      select ${accountId}::bigint, until, tally_slot(), -count(*) from settled group by until order by until
      on conflict (account_id, until, slot) do update set contacts = t.contacts + excluded.contacts
    )
    select until, count(*)::int as contacts from settled group by until order by until`.execute(db);
  return rows;
}

/** Accounts in which something waits to be settled, or an update has just come: others may have settled it all. */
export async function selectAccountsDue({ db, clock }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select account_id as "accountId" from marketing_contact where until <= ${clock.sql} and until < 'infinity'
    union
    select account_id from usage_tally where until <= ${clock.sql} and until > ${clock.sql} - interval '2 minutes'
    order by 1`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/** Tally rows of instants long past that have come to nothing. */
export async function dropEmptyTally({ db, clock, accountId }: Context): Promise<void> {
  await sql`delete from usage_tally t where account_id = ${accountId} and until < ${clock.sql} - interval '7 days'
    and not exists (select from usage_tally o where o.account_id = t.account_id and o.until = t.until
      group by o.until having sum(o.contacts) <> 0)`.execute(db);
}

/** Those of the contacts that must not be raised without a person's decision. */
export async function selectProtected(context: Context, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from unnest(${ids}::bigint[]) as s(id) where ${isProtected(context)} order by 1`.execute(
    context.db,
  );
  return rows.map(({ id }) => id);
}

/** Keeps the rows of a few contacts as they are until the transaction ends. */
export async function lockRows({ db, accountId }: Context, ids: readonly string[]): Promise<void> {
  await sql`select from marketing_contact where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
    order by contact_id for update`.execute(db);
}

/** Marks who counts now as used, each the first time. */
export async function markUsed({ db, clock, accountId }: Context, ids: readonly string[]): Promise<void> {
  await sql`update marketing_contact m set used_at = ${clock.sql}
    from (select contact_id from marketing_contact where account_id = ${accountId}
      and contact_id = any(${ids}::bigint[]) and until > ${clock.sql} and used_at is null
      order by contact_id for update) unused
    where m.account_id = ${accountId} and m.contact_id = unused.contact_id`.execute(db);
}
