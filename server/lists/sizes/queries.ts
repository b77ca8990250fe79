import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

interface Count {
  readonly listId: string;
  readonly joined: number;
  readonly gone: number;
}

/** Adds to the lists' sizes, now and at the end of today. */
export async function addToSizes({ db, clock, accountId }: Context, counts: readonly Count[]): Promise<void> {
  await sql`
    with change as (
      select * from unnest(${counts.map((count) => count.listId)}::bigint[], ${counts.map((count) => count.joined)}::bigint[],
        ${counts.map((count) => count.gone)}::bigint[]) c(list_id, joined, gone)
    ), held as (
      select id from list where account_id = ${accountId} and id in (select list_id from change) order by id for update
    ), changed as (
      update list l set members = l.members + c.joined - c.gone, members_changed_at = ${clock.sql}
      from change c join held on held.id = c.list_id
      where l.account_id = ${accountId} and l.id = c.list_id
      returning l.id, l.members, c.joined, c.gone
    )
    insert into list_size (account_id, list_id, day, members, joined, gone)
    select ${accountId}::bigint, changed.id, (${clock.sql} at time zone account.time_zone)::date, changed.members,
      changed.joined, changed.gone
    from changed, account where account.id = ${accountId}
    on conflict (account_id, list_id, day) do update set members = excluded.members,
      joined = list_size.joined + excluded.joined, gone = list_size.gone + excluded.gone`.execute(db);
}

/** Lists that name these must look at these contacts again; only where there are such lists. */
export async function touchNaming(
  { db, accountId }: Context,
  {
    listId,
    ids,
    living,
  }: { readonly listId: string; readonly ids: readonly string[]; readonly living: boolean },
): Promise<void> {
  const field = `list.${listId}`;
  await sql`insert into list_touch (account_id, contact_ids, fields, living)
    select account_id, ${ids}::bigint[], ${[field]}, ${living} from list_watch
    where account_id = ${accountId} and (${living} or ${field} = any(fields))`.execute(db);
}

export interface SizeRow {
  readonly day: string;
  readonly members: number;
  readonly joined: number;
  readonly left: number;
}

/** Day by day; days on which nothing changed have the size of the day before. Days before the list are left out. */
export async function selectSizes(
  { db, clock, accountId }: Context,
  {
    listId,
    from,
    to,
  }: { readonly listId: string; readonly from: string | undefined; readonly to: string | undefined },
): Promise<SizeRow[]> {
  const { rows } = await sql<SizeRow>`
    with span as (
      select greatest(coalesce(${from ?? null}::date, t.today - 89), (l.created_at at time zone a.time_zone)::date) as first,
        least(coalesce(${to ?? null}::date, t.today), t.today) as last
      from account a
      cross join lateral (select (${clock.sql} at time zone a.time_zone)::date as today) t
      join list l on l.account_id = a.id and l.id = ${listId}
      where a.id = ${accountId}
    )
    select d.day::date as day, coalesce(s.members, (select earlier.members from list_size earlier
        where earlier.account_id = ${accountId} and earlier.list_id = ${listId} and earlier.day < d.day::date
        order by earlier.day desc limit 1), 0)::int as members,
      coalesce(s.joined, 0)::int as joined, coalesce(s.gone, 0)::int as "left"
    from span, generate_series(span.first::timestamp, span.last::timestamp, interval '1 day') as d(day)
    left join list_size s on s.account_id = ${accountId} and s.list_id = ${listId} and s.day = d.day::date
    order by 1`.execute(db);
  return rows;
}
