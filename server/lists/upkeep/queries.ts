import { type RawBuilder, sql } from "kysely";
import type { AccountDays } from "#server/filters/load-account-days.ts";
import type { Context } from "#server/platform/context.ts";
import { type Change, type CompiledList, type Difference, differencesOf, type KeptList } from "./upkeep.ts";

/** Accounts in which something waits to be worked out. */
export async function selectWaiting({ db, clock }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select account_id::text as "accountId" from list_touch
    union
    select account_id::text from list where built_to is not null and deleted_at is null
    union
    select l.account_id::text from list l join account a on a.id = l.account_id
    where l.day is not null and l.deleted_at is null
      and (l.zone <> a.time_zone or l.day <> (${clock.sql} at time zone a.time_zone)::date)`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/** True for the one who may work out the account's lists until the transaction ends. */
export async function tryHold({ db, accountId }: Context): Promise<boolean> {
  const { rows } = await sql`select from list_watch where account_id = ${accountId}
    for update skip locked`.execute(db);
  return rows.length > 0;
}

/** In the order in which they must be worked out. */
export async function selectKeptLists({ db, accountId }: Context): Promise<KeptList[]> {
  const { rows } = await sql<KeptList>`
    select id::text, filter, reads, level, built_to::text as "builtTo", fence, day, zone, problem from list
    where account_id = ${accountId} and type = 'active' and deleted_at is null order by level, id`.execute(
    db,
  );
  return rows;
}

export interface TouchRow {
  readonly ids: string[];
  readonly fields: string[] | null;
  readonly living: boolean;
}

/** Rows of the queue that one step takes, and about how many contacts they may have together. */
const ROWS = 5_000;
const CONTACTS = 20_000;

/** Takes the oldest touches out of the queue: a crash before the commit puts them back. */
export async function takeTouches({ db, accountId }: Context): Promise<TouchRow[]> {
  const { rows } = await sql<TouchRow>`
    with taken as (
      select id from (
        select id, sum(contacts) over (order by id) - contacts as before
        from (select id, contacts from list_touch where account_id = ${accountId} order by id limit ${ROWS}) oldest
      ) counted where before < ${CONTACTS}
    )
    delete from list_touch t using taken where t.account_id = ${accountId} and t.id = taken.id
    returning t.contact_ids::text[] as ids, t.fields, t.living`.execute(db);
  return rows;
}

/**
 * Makes memberships of these contacts in these lists what the filters say, by one statement, and returns who joined
 * and left. Contacts that do not live are in no list.
 */
export async function evaluateIds(
  context: Context,
  lists: readonly CompiledList[],
  ids: readonly string[],
): Promise<Difference[]> {
  const { accountId } = context;
  const listIds = lists.map(({ id }) => id);
  const among = (id: RawBuilder<unknown>) => sql`${id} = any(${ids}::bigint[])`;
  return applyChanges(
    context,
    sql`select c.id as contact_id, l.list_id, l.matches
      from contact c cross join lateral (values ${valuesOf(lists)}) l(list_id, matches)
      where c.account_id = ${accountId} and ${among(sql`c.id`)} and c.deleted_at is null
        and l.matches <> ${memberOf(context, sql`l.list_id`, sql`c.id`)}
      union all ${goneMembers(context, listIds, among)}`,
  );
}

/** Members of these lists, among some contacts, that do not live. */
function goneMembers(
  { accountId }: Context,
  listIds: readonly string[],
  among: (id: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`select m.contact_id, m.list_id, false from list_membership m
    where m.account_id = ${accountId} and m.list_id = any(${listIds}::bigint[]) and ${among(sql`m.contact_id`)}
      and m.contact_id not in (select c.id from contact c
        where c.account_id = ${accountId} and ${among(sql`c.id`)} and c.deleted_at is null)`;
}

export interface Range {
  /** Outside. */
  readonly after: string;
  /** Inside; null is open. */
  readonly to: string | null;
}

/** The same for all contacts of a range of ids in one list, whose filter is worked in. */
export function evaluateRange(
  context: Context,
  list: CompiledList,
  { after, to }: Range,
): Promise<Difference[]> {
  const { accountId } = context;
  const within = (id: RawBuilder<unknown>) =>
    sql`${id} > ${after}::bigint and ${to === null ? sql`true` : sql`${id} <= ${to}::bigint`}`;
  return applyChanges(
    context,
    sql`select c.id as contact_id, ${list.id}::bigint as list_id, coalesce(${list.matches}, false) as matches
      from contact c where c.account_id = ${accountId} and ${within(sql`c.id`)} and c.deleted_at is null
        and coalesce(${list.matches}, false) <> ${memberOf(context, sql`${list.id}::bigint`, sql`c.id`)}
      union all ${goneMembers(context, [list.id], within)}`,
  );
}

function valuesOf(lists: readonly CompiledList[]): RawBuilder<unknown> {
  return sql.join(lists.map(({ id, matches }) => sql`(${id}::bigint, coalesce(${matches}, false))`));
}

function memberOf(
  { accountId }: Context,
  listId: RawBuilder<unknown>,
  contactId: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql<boolean>`exists (select from list_membership m where m.account_id = ${accountId}
    and m.contact_id = ${contactId} and m.list_id = ${listId})`;
}

/**
 * Finds what has to change and changes it. The changes are handed back as arrays of ids instead of being joined: where
 * statistics are old, the planner takes a list for nearly empty and would compare each member with each contact.
 */
async function applyChanges(context: Context, changed: RawBuilder<unknown>): Promise<Difference[]> {
  const { rows } = await sql<Change>`select list_id::text as "listId", matches as joined,
      array_agg(contact_id order by contact_id)::text[] as ids
    from (${changed}) changed group by 1, 2 order by 1, 2`.execute(context.db);
  for (const change of rows) await applyChange(context, change);
  return differencesOf(rows);
}

async function applyChange(
  { db, clock, accountId }: Context,
  { listId, joined, ids }: Change,
): Promise<void> {
  if (joined) {
    await sql`insert into list_membership (account_id, contact_id, list_id, added_at, source_type, actor_type)
      select ${accountId}::bigint, id, ${listId}::bigint, ${clock.sql}, 'FILTER', 'system'
      from unnest(${ids}::bigint[]) id on conflict do nothing`.execute(db);
  } else {
    await sql`delete from list_membership where account_id = ${accountId} and list_id = ${listId}
      and contact_id = any(${ids}::bigint[])`.execute(db);
  }
}

/** Contacts that a range of a list's work may have: its last id, or null where there are no more than that. */
export async function findRangeEnd(
  { db, accountId }: Context,
  after: string,
  size: number,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id::text from contact
    where account_id = ${accountId} and id > ${after} order by contact.id offset ${size} limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

export async function storeBuiltTo(
  { db, accountId }: Context,
  listId: string,
  to: string | null,
): Promise<void> {
  await sql`update list set built_to = ${to}::bigint, problem = null where account_id = ${accountId} and id = ${listId}`.execute(
    db,
  );
}

/** Transactions that are writing what filters read, by their names while they last. */
export async function selectWriters({ db }: Context): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct virtualtransaction as name from pg_locks
    where locktype = 'relation' and database = (select oid from pg_database where datname = current_database())
      and relation = any(array['contact', 'marketing_contact', 'subscription_fact', 'marketing_pin',
        'contact_email', 'list_membership']::regclass[])
      and mode = 'RowExclusiveLock' and pid <> pg_backend_pid()`.execute(db);
  return rows.map(({ name }) => name);
}

export async function storeFence(
  { db, accountId }: Context,
  listId: string,
  fence: readonly string[],
): Promise<void> {
  await sql`update list set fence = ${fence} where account_id = ${accountId} and id = ${listId}`.execute(db);
}

/** Whom the passing of days concerns, list by list. */
export async function selectMoved(
  { db, accountId }: Context,
  lists: readonly { readonly id: string; readonly moves: RawBuilder<boolean> }[],
): Promise<{ listId: string; ids: string[] }[]> {
  const values = lists.map(({ id, moves }) => sql`(${id}::bigint, ${moves})`);
  const { rows } = await sql<{ listId: string; ids: string[] }>`
    select l.list_id::text as "listId", array_agg(c.id)::text[] as ids from contact c
    cross join lateral (values ${sql.join(values)}) l(list_id, moves)
    where c.account_id = ${accountId} and c.deleted_at is null and l.moves group by 1`.execute(db);
  return rows;
}

export async function storeDay(
  { db, accountId }: Context,
  listIds: readonly string[],
  day: string,
): Promise<void> {
  await sql`update list set day = ${day}::date where account_id = ${accountId}
    and id = any(${listIds}::bigint[])`.execute(db);
}

/** In another zone every day is another stretch of time, so everybody is looked at again. */
export async function storeZone(
  { db, accountId }: Context,
  listIds: readonly string[],
  { zone, today }: AccountDays,
): Promise<void> {
  await sql`update list set day = ${today}::date, zone = ${zone}, built_to = 0, fence = '{}'
    where account_id = ${accountId} and id = any(${listIds}::bigint[])`.execute(db);
}

/** The planner must know of many new memberships, or it takes the table for nearly empty. */
export async function refreshMemberships({ db }: Context): Promise<void> {
  await sql`select refresh_statistics(array['list_membership'])`.execute(db);
}
