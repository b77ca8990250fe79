import { type RawBuilder, sql } from "kysely";
import type { Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { type ListType, type Naming, type Problem, RESTORE_DAYS } from "../list.ts";
import { isUpdating } from "../updating.ts";

export interface StoredList {
  readonly id: string;
  readonly name: string;
  readonly type: ListType;
  readonly folderId: string | null;
  readonly filter: Filter | null;
  readonly reads: readonly string[];
  readonly convertedAt: Date | null;
  readonly deletedAt: Date | null;
}

const columns = sql`l.id::text, l.name, l.type, l.folder_id::text as "folderId", l.filter, l.reads,
  l.converted_at as "convertedAt", l.deleted_at as "deletedAt"`;

export async function selectList(
  { db, accountId }: Context,
  listId: string,
): Promise<StoredList | undefined> {
  const { rows } = await sql<StoredList>`select ${columns} from list l
    where l.account_id = ${accountId} and l.id = ${listId} and not l.hidden`.execute(db);
  return rows[0];
}

/** Waits until nobody else changes what lists are, or works them out, and keeps it so until the transaction ends. */
export async function holdLists({ db, accountId }: Context): Promise<void> {
  await sql`insert into list_watch (account_id, active, fields) values (${accountId}, false, '{}')
    on conflict (account_id) do update set account_id = excluded.account_id`.execute(db);
}

interface NewList {
  readonly name: string;
  readonly type: ListType;
  readonly folderId: string | null;
}

export async function insertList(context: Context, { name, type, folderId }: NewList): Promise<string> {
  const { db, clock, accountId, actor } = context;
  const { rows } = await sql<{ id: string }>`
    insert into list (account_id, name, type, folder_id, filter, created_at, created_by_type, created_by, updated_at)
    values (${accountId}, ${name}, ${type}, ${folderId}, ${type === "active" ? sql`'{"filterGroups":[]}'::jsonb` : null},
      ${clock.sql}, ${actor.type}, ${actor.id}, ${clock.sql})
    returning id::text`.execute(db);
  return rows[0]?.id as string;
}

export interface Definition {
  readonly filter: Filter;
  readonly reads: readonly string[];
  /** It compares with days. */
  readonly days: boolean;
}

/** A new filter: who matches has to be worked out from the first contact on. */
export async function storeDefinition(
  { db, clock, accountId }: Context,
  listId: string,
  { filter, reads, days }: Definition,
): Promise<void> {
  const day = sql`(${clock.sql} at time zone account.time_zone)::date`;
  await sql`update list set filter = ${JSON.stringify(filter)}::jsonb, reads = ${reads}, built_to = 0, fence = null,
      problem = null, day = ${days ? day : sql`null::date`}, zone = ${days ? sql`account.time_zone` : sql`null`},
      updated_at = ${clock.sql}
    from account where account.id = ${accountId}
      and list.account_id = ${accountId} and list.id = ${listId}`.execute(db);
}

export async function storePlace(
  { db, clock, accountId }: Context,
  listId: string,
  { name, folderId }: Omit<NewList, "type">,
): Promise<void> {
  await sql`update list set name = ${name}, folder_id = ${folderId},
      updated_at = case when name = ${name} then updated_at else ${clock.sql} end
    where account_id = ${accountId} and id = ${listId}`.execute(db);
}

export async function storeFolder(
  { db, accountId }: Context,
  listIds: readonly string[],
  folderId: string | null,
): Promise<number> {
  const { numAffectedRows } = await sql`update list set folder_id = ${folderId}::bigint
    where account_id = ${accountId} and id = any(${listIds}::bigint[]) and deleted_at is null`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** No filter decides any more; what it was is kept to be shown. */
export async function storeStatic({ db, clock, accountId }: Context, listId: string): Promise<void> {
  await sql`update list set type = 'static', converted_at = ${clock.sql}, updated_at = ${clock.sql}, reads = '{}',
      level = 0, built_to = null, fence = null, problem = null, day = null, zone = null
    where account_id = ${accountId} and id = ${listId}`.execute(db);
}

export async function storeDeleted({ db, clock, accountId }: Context, listId: string): Promise<void> {
  await sql`update list set deleted_at = ${clock.sql} where account_id = ${accountId} and id = ${listId}`.execute(
    db,
  );
}

export async function storeRestored(
  { db, accountId }: Context,
  listId: string,
  { name, folderId }: Omit<NewList, "type">,
): Promise<void> {
  await sql`update list set deleted_at = null, name = ${name}, folder_id = ${folderId}
    where account_id = ${accountId} and id = ${listId}`.execute(db);
}

/** Another living list with this name, whatever its case. */
export async function isNameTaken(
  { db, accountId }: Context,
  { name, listId }: { readonly name: string; readonly listId: string | null },
): Promise<boolean> {
  const { rows } = await sql`select from list where account_id = ${accountId} and lower(name) = lower(${name})
    and deleted_at is null and not hidden and id is distinct from ${listId}::bigint`.execute(db);
  return rows.length > 0;
}

export async function countLists({ db, accountId }: Context): Promise<{ all: number; active: number }> {
  const { rows } = await sql<{ all: number; active: number }>`
    select count(*)::int as all, count(*) filter (where type = 'active')::int as active
    from list where account_id = ${accountId} and deleted_at is null and not hidden`.execute(db);
  return rows[0] ?? { all: 0, active: 0 };
}

export async function folderExists({ db, accountId }: Context, folderId: string): Promise<boolean> {
  const { rows } =
    await sql`select from list_folder where account_id = ${accountId} and id = ${folderId}`.execute(db);
  return rows.length > 0;
}

/** What the living active lists of the account read. */
export async function selectNamings({ db, accountId }: Context): Promise<(Naming & { level: number })[]> {
  const { rows } = await sql<Naming & { level: number }>`select id::text, reads, level from list
    where account_id = ${accountId} and type = 'active' and deleted_at is null`.execute(db);
  return rows;
}

export async function storeLevels(
  { db, accountId }: Context,
  levels: readonly (readonly [id: string, level: number])[],
): Promise<void> {
  await sql`update list set level = changed.level
    from unnest(${levels.map(([id]) => id)}::bigint[], ${levels.map(([, level]) => level)}::int[]) changed(id, level)
    where list.account_id = ${accountId} and list.id = changed.id`.execute(db);
}

export async function storeWatch(
  { db, accountId }: Context,
  { active, fields }: { readonly active: boolean; readonly fields: readonly string[] },
): Promise<void> {
  await sql`update list_watch set active = ${active}, fields = ${fields} where account_id = ${accountId}`.execute(
    db,
  );
}

export interface NamedList {
  readonly id: string;
  readonly name: string;
  readonly type: ListType;
  readonly filter: Filter | null;
  readonly level: number;
  /** Its memberships are what its filter says at this moment. */
  readonly current: boolean;
}

/** Living lists among these ids. */
export async function selectNamed(context: Context, ids: readonly string[]): Promise<NamedList[]> {
  const { db, accountId } = context;
  const { rows } = await sql<NamedList>`select l.id::text, l.name, l.type, l.filter, l.level,
      l.problem is null and not ${isUpdating(context)} as current
    from list l
    where l.account_id = ${accountId} and l.id = any(${ids}::bigint[]) and l.deleted_at is null`.execute(db);
  return rows;
}

/** The living list that a person means by its id or name. */
export async function selectTyped({ db, accountId }: Context, typed: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id::text from list
    where account_id = ${accountId} and deleted_at is null and (id::text = ${typed} or lower(name) = lower(${typed}))
    order by id::text = ${typed} desc limit 1`.execute(db);
  return rows[0]?.id;
}

export function isMember(listIds: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`exists (select from list_membership lm
    where lm.account_id = c.account_id and lm.contact_id = c.id and lm.list_id = any(${listIds}::bigint[]))`;
}

export async function storeProblem(
  { db, accountId }: Context,
  listId: string,
  problem: Problem | null,
): Promise<void> {
  await sql`update list set problem = ${problem === null ? null : JSON.stringify(problem)}::jsonb,
      built_to = 0, fence = null
    where account_id = ${accountId} and id = ${listId}`.execute(db);
}

/** Lists whose time to be restored is over, in every account. */
export async function selectOverdueLists({
  db,
  clock,
}: Context): Promise<{ accountId: string; id: string }[]> {
  const { rows } = await sql<{ accountId: string; id: string }>`
    select account_id::text as "accountId", id::text from list
    where deleted_at < ${clock.sql} - make_interval(days => ${RESTORE_DAYS}) order by 1, 2`.execute(db);
  return rows;
}

const REMOVED_AT_ONCE = 20_000;

export async function removeMemberships({ db, accountId }: Context, listId: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from list_membership m using (
      select contact_id from list_membership where account_id = ${accountId} and list_id = ${listId}
      limit ${REMOVED_AT_ONCE}) doomed
    where m.account_id = ${accountId} and m.list_id = ${listId} and m.contact_id = doomed.contact_id`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}

export async function removeList({ db, accountId }: Context, listId: string): Promise<void> {
  await sql`delete from list_membership_kept where account_id = ${accountId} and list_id = ${listId}`.execute(
    db,
  );
  await sql`delete from list_size where account_id = ${accountId} and list_id = ${listId}`.execute(db);
  await sql`delete from list where account_id = ${accountId} and id = ${listId}`.execute(db);
}

export async function insertHidden({ db, clock, accountId }: Context): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into list (account_id, name, type, filter, hidden, created_at, created_by_type, updated_at)
    values (${accountId}, '', 'active', '{"filterGroups":[]}'::jsonb, true, ${clock.sql}, 'system', ${clock.sql})
    returning id::text`.execute(db);
  return rows[0]?.id as string;
}

/** As if deleted long ago, so that the next sweep removes them. */
export async function deleteHidden(
  { db, clock, accountId }: Context,
  listIds: readonly string[],
): Promise<void> {
  await sql`update list set deleted_at = ${clock.sql} - interval '1 year'
    where account_id = ${accountId} and id = any(${listIds}::bigint[]) and hidden`.execute(db);
}
