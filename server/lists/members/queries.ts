import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { ListType } from "../list.ts";

export interface Adding {
  readonly listId: string;
  readonly ids: readonly string[];
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly operationId: string | null;
}

/** Adds the living contacts among these; returns those that were not in the list. */
export async function insertMembers(
  { db, clock, accountId, actor }: Context,
  { listId, ids, sourceType, sourceId, operationId }: Adding,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into list_membership (account_id, contact_id, list_id, added_at, source_type, source_id, actor_type, actor_id,
      operation_id)
    select c.account_id, c.id, ${listId}::bigint, ${clock.sql}, ${sourceType}, ${sourceId}, ${actor.type},
      ${actor.id}::bigint, ${operationId}::bigint
    from contact c
    where c.account_id = ${accountId} and c.id = any(${ids}::bigint[]) and c.deleted_at is null
    order by c.id
    on conflict do nothing returning contact_id::text as id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Of these contacts, those in the list. */
export async function selectMembers(
  { db, accountId }: Context,
  { listId, ids }: Pick<Adding, "listId" | "ids">,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select contact_id::text as id from list_membership
    where account_id = ${accountId} and list_id = ${listId} and contact_id = any(${ids}::bigint[])`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Takes contacts off the list; with `addedBy` only those that this operation put on it. Returns who was on it. */
export async function deleteMembers(
  { db, accountId }: Context,
  { listId, ids, addedBy }: Pick<Adding, "listId" | "ids"> & { readonly addedBy?: string },
): Promise<string[]> {
  const own = addedBy === undefined ? sql`true` : sql`operation_id = ${addedBy}::bigint`;
  const { rows } = await sql<{ id: string }>`delete from list_membership
    where account_id = ${accountId} and list_id = ${listId} and contact_id = any(${ids}::bigint[]) and ${own}
    returning contact_id::text as id`.execute(db);
  return rows.map(({ id }) => id);
}

export async function deleteAddedBy(
  { db, accountId }: Context,
  { listId, addedBy }: { readonly listId: string; readonly addedBy: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`delete from list_membership
    where account_id = ${accountId} and list_id = ${listId} and operation_id = ${addedBy}::bigint
    returning contact_id::text as id`.execute(db);
  await sql`delete from list_membership_kept
    where account_id = ${accountId} and list_id = ${listId} and operation_id = ${addedBy}::bigint`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export interface MembershipRow {
  readonly at: Date;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly operationId: string | null;
}

export async function selectMembership(
  { db, accountId }: Context,
  { listId, contactId }: { readonly listId: string; readonly contactId: string },
): Promise<MembershipRow | undefined> {
  const { rows } = await sql<MembershipRow>`select m.added_at as at, m.source_type as "sourceType",
      m.source_id as "sourceId", m.actor_type as "actorType", m.actor_id::text as "actorId",
      m.operation_id::text as "operationId"
    from list_membership m join contact c on c.account_id = m.account_id and c.id = m.contact_id and c.deleted_at is null
    where m.account_id = ${accountId} and m.list_id = ${listId} and m.contact_id = ${contactId}`.execute(db);
  return rows[0];
}

export interface OwnList {
  readonly id: string;
  readonly name: string;
  readonly type: ListType;
  readonly addedAt: Date;
}

/** The living lists that a living contact is in, by name. */
export async function selectListsOf({ db, accountId }: Context, contactId: string): Promise<OwnList[]> {
  const { rows } = await sql<OwnList>`select l.id::text, l.name, l.type, m.added_at as "addedAt"
    from list_membership m
    join contact c on c.account_id = m.account_id and c.id = m.contact_id and c.deleted_at is null
    join list l on l.account_id = m.account_id and l.id = m.list_id and l.deleted_at is null and not l.hidden
    where m.account_id = ${accountId} and m.contact_id = ${contactId}
    order by lower(l.name), l.id`.execute(db);
  return rows;
}

/** Which of these lists a contact is in. */
export async function selectInLists(
  { db, accountId }: Context,
  contactId: string,
  listIds: readonly string[],
): Promise<{ id: string; name: string; member: boolean }[]> {
  const { rows } = await sql<{ id: string; name: string; member: boolean }>`
    select l.id::text, l.name, exists (select from list_membership m where m.account_id = l.account_id
      and m.list_id = l.id and m.contact_id = ${contactId}) as member
    from list l where l.account_id = ${accountId} and l.id = any(${listIds}::bigint[])`.execute(db);
  return rows;
}
