import { type RawBuilder, sql } from "kysely";
import type { Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import type { ListType, Problem } from "../list.ts";
import { isUpdating } from "../updating.ts";

export interface OverviewRow {
  readonly id: string;
  readonly name: string;
  readonly type: ListType;
  readonly folderId: string | null;
  readonly filter: Filter | null;
  readonly convertedAt: Date | null;
  readonly members: number;
  readonly updating: boolean;
  readonly weekChange: number;
  readonly problem: Problem | null;
  readonly createdAt: Date;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly updatedAt: Date;
  readonly membersChangedAt: Date | null;
  readonly deletedAt: Date | null;
}

const columns = (context: Context): RawBuilder<unknown> => sql`l.id::text, l.name, l.type,
  l.folder_id::text as "folderId", l.filter, l.converted_at as "convertedAt", l.members::int as members,
  l.deleted_at is null and l.problem is null and ${isUpdating(context)} as updating, l.problem,
  (select coalesce(sum(s.joined - s.gone), 0)::int from list_size s, account a
    where s.account_id = l.account_id and s.list_id = l.id and a.id = l.account_id
      and s.day > (${context.clock.sql} at time zone a.time_zone)::date - 7) as "weekChange",
  l.created_at as "createdAt", l.created_by_type as "actorType", l.created_by::text as "actorId",
  l.updated_at as "updatedAt", l.members_changed_at as "membersChangedAt", l.deleted_at as "deletedAt"`;

export async function selectOverviewRow(context: Context, listId: string): Promise<OverviewRow | undefined> {
  const { rows } = await sql<OverviewRow>`select ${columns(context)} from list l
    where l.account_id = ${context.accountId} and l.id = ${listId} and not l.hidden`.execute(context.db);
  return rows[0];
}

export interface Asked {
  readonly query: string;
  readonly type?: ListType | undefined;
  /** `top`: in no folder. */
  readonly folderId?: string | undefined;
  readonly deleted: boolean;
  readonly sort: "name" | "type" | "members" | "createdAt" | "updatedAt" | "membersChangedAt";
  readonly direction: "asc" | "desc";
  readonly offset: number;
  readonly limit: number;
}

const collations = { en: "und-x-icu", sv: "sv-x-icu", pl: "pl-x-icu" };

const sorted: Record<Exclude<Asked["sort"], "name">, RawBuilder<unknown>> = {
  type: sql`l.type`,
  members: sql`l.members`,
  createdAt: sql`l.created_at`,
  updatedAt: sql`l.updated_at`,
  membersChangedAt: sql`l.members_changed_at`,
};

export async function selectOverview(context: Context, asked: Asked): Promise<OverviewRow[]> {
  const byName = sql`l.name ${sql.raw(`collate "${collations[context.actor.language]}"`)}`;
  const by = asked.sort === "name" ? byName : sorted[asked.sort];
  const { rows } =
    await sql<OverviewRow>`select ${columns(context)} from list l where ${meant(context, asked)}
    order by ${by} ${sql.raw(asked.direction)} nulls last, ${byName}, l.id
    offset ${asked.offset} limit ${asked.limit}`.execute(context.db);
  return rows;
}

export async function countOverview(context: Context, asked: Asked): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from list l
    where ${meant(context, asked)}`.execute(context.db);
  return rows[0]?.total ?? 0;
}

function meant({ accountId }: Context, { query, type, folderId, deleted }: Asked): RawBuilder<boolean> {
  const parts = [
    sql`l.account_id = ${accountId} and not l.hidden`,
    deleted ? sql`l.deleted_at is not null` : sql`l.deleted_at is null`,
  ];
  if (type) parts.push(sql`l.type = ${type}`);
  if (folderId)
    parts.push(folderId === "top" ? sql`l.folder_id is null` : sql`l.folder_id = ${folderId}::bigint`);
  for (const word of query.trim().split(/\s+/).filter(Boolean)) {
    parts.push(sql`strpos(fold(l.name), fold(${word})) > 0`);
  }
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

export interface ViewUse {
  readonly listId: string;
  readonly id: string;
  readonly name: string | null;
  readonly key: string | null;
}

/** Saved views whose filter names these lists; the name of somebody else's own view stays theirs. */
export async function selectViewUses(
  { db, accountId, actor }: Context,
  listIds: readonly string[],
): Promise<ViewUse[]> {
  const owner = actor.type === "user" ? actor.id : null;
  const { rows } = await sql<ViewUse>`
    select distinct named.id as "listId", v.id::text, v.key,
      case when v.shared or v.owner_id = ${owner}::bigint then nullif(v.name, '') end as name
    from saved_view v
    cross join lateral jsonb_path_query(v.filter,
      '$.filterGroups[*].filters[*] ? (@.propertyName == "lists")') as condition
    cross join lateral (
      select jsonb_array_elements_text(coalesce(condition->'values', '[]'))
      union select unnest(string_to_array(condition->>'value', ';'))
    ) named(id)
    where v.account_id = ${accountId} and named.id = any(${listIds})
    order by 1, 2`.execute(db);
  return rows;
}

/** Active lists that name these lists. */
export async function selectListUses(
  { db, accountId }: Context,
  listIds: readonly string[],
): Promise<{ listId: string; id: string; name: string }[]> {
  const { rows } = await sql<{ listId: string; id: string; name: string }>`
    select named.id as "listId", l.id::text, l.name
    from unnest(${listIds}::text[]) named(id)
    join list l on l.account_id = ${accountId} and l.deleted_at is null and l.type = 'active' and not l.hidden
      and ('list.' || named.id) = any(l.reads)
    order by lower(l.name), l.id`.execute(db);
  return rows;
}

/** Of the contacts that match, how many there are and how many of them are not in the list. */
export async function countJoining(
  { db, accountId }: Context,
  listId: string,
  where: RawBuilder<boolean>,
): Promise<{ total: number; joining: number }> {
  const { rows } = await sql<{ total: number; joining: number }>`
    select count(*)::int as total, count(*) filter (where m.contact_id is null)::int as joining
    from contact c
    left join list_membership m on m.account_id = ${accountId} and m.list_id = ${listId} and m.contact_id = c.id
    where c.account_id = ${accountId} and c.deleted_at is null and ${where}`.execute(db);
  return rows[0] ?? { total: 0, joining: 0 };
}

export async function countMembers({ db, accountId }: Context, listId: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from list_membership m
    join contact c on c.account_id = m.account_id and c.id = m.contact_id and c.deleted_at is null
    where m.account_id = ${accountId} and m.list_id = ${listId}`.execute(db);
  return rows[0]?.total ?? 0;
}
