import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { type Change, type Difference, differencesOf } from "../upkeep.ts";

export interface Known {
  readonly id: string;
  readonly living: boolean;
}

/** Those of these contacts that there are, alive or deleted. */
export async function selectKnown({ db, accountId }: Context, ids: readonly string[]): Promise<Known[]> {
  const { rows } = await sql<Known>`select id::text, deleted_at is null as living from contact
    where account_id = ${accountId} and id = any(${ids}::bigint[])`.execute(db);
  return rows;
}

interface Gone {
  /** Deleted, or not there any more. */
  readonly ids: readonly string[];
  /** Of these, the deleted ones, who can be restored. */
  readonly deleted: readonly string[];
}

/** Static memberships of contacts that were deleted are put by, those of merged ones go to the survivor. */
export async function putByMemberships(context: Context, { ids, deleted }: Gone): Promise<Difference[]> {
  const { db, accountId } = context;
  const { rows } = await sql<Change>`
    with gone as (
      delete from list_membership m
      where m.account_id = ${accountId} and m.contact_id = any(${ids}::bigint[])
        and m.list_id in (select id from list where account_id = ${accountId} and type = 'static')
      returning m.*
    ), kept as (
      insert into list_membership_kept select gone.* from gone where contact_id = any(${deleted}::bigint[])
      on conflict do nothing
    ), inherited as (
      insert into list_membership (account_id, contact_id, list_id, added_at, source_type, source_id, actor_type, actor_id)
      select distinct on (r.contact_id, gone.list_id) gone.account_id, r.contact_id, gone.list_id, gone.added_at, 'MERGE',
        gone.contact_id::text, gone.actor_type, gone.actor_id
      from gone join merged_contact r on r.account_id = ${accountId} and r.merged_id = gone.contact_id
        join contact c on c.account_id = r.account_id and c.id = r.contact_id and c.deleted_at is null
      order by r.contact_id, gone.list_id, gone.added_at
      on conflict do nothing returning list_id, contact_id
    )
    select list_id::text as "listId", false as joined, array_agg(contact_id)::text[] as ids from gone group by 1
    union all
    select list_id::text, true, array_agg(contact_id)::text[] from inherited group by 1`.execute(db);
  return differencesOf(rows);
}

/** Forgets what was put by of contacts that will not come back. */
export async function forgetKept({ db, accountId }: Context, ids: readonly string[]): Promise<void> {
  await sql`delete from list_membership_kept where account_id = ${accountId}
    and contact_id = any(${ids}::bigint[])`.execute(db);
}

/** Static memberships of contacts that live again. */
export async function bringBackMemberships(context: Context, ids: readonly string[]): Promise<Difference[]> {
  const { db, accountId } = context;
  const { rows } = await sql<Change>`
    with kept as (
      delete from list_membership_kept where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
      returning *
    ), back as (
      insert into list_membership select kept.* from kept
      where list_id in (select id from list where account_id = ${accountId} and type = 'static')
      on conflict do nothing returning list_id, contact_id
    )
    select list_id::text as "listId", true as joined, array_agg(contact_id)::text[] as ids from back group by 1`.execute(
    db,
  );
  return differencesOf(rows);
}
