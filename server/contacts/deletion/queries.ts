import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { RESTORE_DAYS } from "./deletion.ts";

/** Locks the living contacts among these in id order, so that two deletions queue instead of deadlocking. */
export async function lockLiving({ db, accountId }: Context, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contact
    where account_id = ${accountId} and id = any(${ids}::bigint[]) and deleted_at is null
    order by id for update`.execute(db);
  return rows.map((row) => row.id);
}

interface Deletion {
  readonly ids: readonly string[];
  readonly operationId: string | null;
}

/** Marks contacts as deleted, keeps what a restore needs, and releases their addresses. */
export async function markDeleted(
  { db, clock, accountId }: Context,
  { ids, operationId }: Deletion,
): Promise<void> {
  await sql`
    with doomed as (
      update contact set deleted_at = ${clock.sql}
      where account_id = ${accountId} and id = any(${ids}::bigint[]) and deleted_at is null
      returning id
    ), address as (
      select contact_id, jsonb_agg(jsonb_build_object('email', email, 'primary', is_primary, 'createdAt', created_at)
        order by is_primary desc, created_at, email_key) as emails
      from contact_email where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
      group by contact_id
    ), released as (
      delete from contact_email
      where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
    )
    insert into deleted_contact (account_id, contact_id, deleted_at, operation_id, emails, kept_until,
      kept_source_type, kept_source_id)
    select ${accountId}, doomed.id, ${clock.sql}, ${operationId}::bigint, coalesce(address.emails, '[]'), m.until,
      m.source_type, m.source_id
    from doomed
    left join address on address.contact_id = doomed.id
    left join marketing_contact m on m.account_id = ${accountId} and m.contact_id = doomed.id`.execute(db);
}

/** Takes what counts at a restore from the ledger: the status may have changed while the deletion waited. */
export async function keepStatus({ db, accountId }: Context, ids: readonly string[]): Promise<void> {
  await sql`
    update deleted_contact set kept_until = entry.until_before
    from (select distinct on (contact_id) contact_id, kind, until_before from marketing_change
      where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
      order by contact_id, id desc) entry
    where deleted_contact.account_id = ${accountId} and deleted_contact.contact_id = entry.contact_id
      and entry.kind = 'deleted' and kept_until is distinct from entry.until_before`.execute(db);
}

/** Lets deleted contacts live again; returns those that were deleted, in id order. */
export async function markLiving(
  { db, clock, accountId }: Context,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with locked as (
      select contact_id from deleted_contact
      where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
      order by contact_id for update
    )
    update contact set deleted_at = null, lastmodifieddate = ${clock.sql}
    from locked
    where account_id = ${accountId} and id = locked.contact_id and deleted_at is not null
    returning id`.execute(db);
  return rows.map((row) => row.id).toSorted((a, b) => Number(BigInt(a) - BigInt(b)));
}

export interface TakenEmail {
  readonly contactId: string;
  readonly email: string;
  /** The contact that has it now. */
  readonly holderId: string;
}

/** Gives restored contacts back the addresses that are still free; returns the others. */
export async function reclaimEmails(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<TakenEmail[]> {
  await sql`
    insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
    select ${accountId}, kept.email, deleted.contact_id, kept.email, kept."primary", kept."createdAt"
    from deleted_contact deleted, jsonb_to_recordset(deleted.emails)
      as kept (email text, "primary" boolean, "createdAt" timestamptz)
    where deleted.account_id = ${accountId} and deleted.contact_id = any(${ids}::bigint[])
    order by kept.email
    on conflict do nothing`.execute(db);
  const { rows } = await sql<TakenEmail>`
    select deleted.contact_id as "contactId", kept.email, holder.contact_id as "holderId"
    from deleted_contact deleted, jsonb_to_recordset(deleted.emails) as kept (email text)
    join contact_email holder on holder.account_id = ${accountId} and holder.email_key = kept.email
    where deleted.account_id = ${accountId} and deleted.contact_id = any(${ids}::bigint[])
      and holder.contact_id <> deleted.contact_id
    order by deleted.contact_id, kept.email`.execute(db);
  return rows;
}

export interface ChangedPrimary {
  readonly contactId: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Makes the primary address and the one shown on the contact agree after some were lost; returns who changed. */
export async function repairPrimary(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<ChangedPrimary[]> {
  await sql`
    update contact_email set is_primary = true
    from (select distinct on (contact_id) contact_id, email_key from contact_email
      where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
      order by contact_id, is_primary desc, created_at, email_key) first
    where contact_email.account_id = ${accountId} and contact_email.email_key = first.email_key
      and not is_primary`.execute(db);
  const { rows } = await sql<ChangedPrimary>`
    with goal as (
      select c.id, c.email as before, e.email as after
      from contact c
      left join contact_email e on e.account_id = c.account_id and e.contact_id = c.id and e.is_primary
      where c.account_id = ${accountId} and c.id = any(${ids}::bigint[])
    )
    update contact set email = goal.after from goal
    where account_id = ${accountId} and contact.id = goal.id and goal.before is distinct from goal.after
    returning contact.id as "contactId", goal.before, goal.after`.execute(db);
  return rows;
}

export interface LostValue {
  readonly contactId: string;
  readonly property: string;
  readonly value: string;
}

/** Removes unique values that another contact has taken meanwhile. */
export async function dropLostValues({ db, accountId }: Context, lost: readonly LostValue[]): Promise<void> {
  const ids = lost.map((value) => value.contactId);
  const names = lost.map((value) => value.property);
  await sql`update contact set custom = custom - gone.names
    from (select contact_id, array_agg(name) as names
      from unnest(${ids}::bigint[], ${names}::text[]) value (contact_id, name) group by contact_id) gone
    where account_id = ${accountId} and id = gone.contact_id`.execute(db);
}

export async function forgetDeletion({ db, accountId }: Context, ids: readonly string[]): Promise<void> {
  await sql`delete from deleted_contact
    where account_id = ${accountId} and contact_id = any(${ids}::bigint[])`.execute(db);
}

/** Those among these contacts that this operation deleted and nobody restored since. */
export async function selectDeletedBy(
  { db, accountId }: Context,
  { ids, operationId }: Deletion,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select contact_id as id from deleted_contact
    where account_id = ${accountId} and contact_id = any(${ids}::bigint[]) and operation_id = ${operationId}::bigint
    order by contact_id`.execute(db);
  return rows.map((row) => row.id);
}

/** The ids of these contacts and of all that were merged into them. */
export async function withMerged({ db, accountId }: Context, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select unnest(${ids}::bigint[]) as id
    union
    select merged_id from merged_contact
    where account_id = ${accountId} and contact_id = any(${ids}::bigint[])`.execute(db);
  return rows.map((row) => row.id);
}

/** Every address these contacts have, or had when they were deleted. */
export async function selectAddresses({ db, accountId }: Context, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select email from contact_email where account_id = ${accountId} and contact_id = any(${ids}::bigint[])
    union
    select kept.email from deleted_contact deleted, jsonb_to_recordset(deleted.emails) as kept (email text)
    where deleted.account_id = ${accountId} and deleted.contact_id = any(${ids}::bigint[])`.execute(db);
  return rows.map((row) => row.email);
}

/** Removes every row of this feature about these contacts. */
export async function removeRows({ db, accountId }: Context, ids: readonly string[]): Promise<void> {
  const theirs = sql`account_id = ${accountId} and contact_id = any(${ids}::bigint[])`;
  await sql`delete from note where ${theirs}`.execute(db);
  await sql`delete from contact_email where ${theirs}`.execute(db);
  await sql`delete from deleted_contact where ${theirs}`.execute(db);
  await sql`delete from merged_contact where ${theirs}`.execute(db);
  await sql`delete from contact where account_id = ${accountId} and id = any(${ids}::bigint[])`.execute(db);
}

/** Deleted contacts whose time to be restored is over, in every account. */
export async function selectOverdue({ db, clock }: Context): Promise<{ accountId: string; ids: string[] }[]> {
  const { rows } = await sql<{ accountId: string; ids: string[] }>`
    select account_id as "accountId", array_agg(contact_id order by contact_id) as ids
    from (select account_id, contact_id from deleted_contact
      where deleted_at < ${clock.sql} - make_interval(days => ${RESTORE_DAYS}) limit 10000) overdue
    group by account_id`.execute(db);
  return rows;
}

interface DeletedPage {
  readonly query: string;
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly limit: number;
}

export interface DeletedRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly deletedAt: Date;
  /** With microseconds, so that paging skips nobody. */
  readonly exactly: string;
  readonly willCount: boolean;
  readonly operationId: string | null;
}

/** Latest deletion first. */
export async function selectDeleted(
  { db, clock, accountId }: Context,
  { query, after, limit }: DeletedPage,
): Promise<DeletedRow[]> {
  const older = after
    ? sql`and (d.deleted_at, d.contact_id) < (${after.at}::timestamptz, ${after.id}::bigint)`
    : sql``;
  const found = query === "" ? sql`` : sql`and c.search @@ search_query(${accountId}, ${query})`;
  const { rows } = await sql<DeletedRow>`
    select c.id, concat_ws(' ', c.firstname, c.lastname) as name, d.emails->0->>'email' as email,
      d.deleted_at as "deletedAt", d.deleted_at::text as exactly, d.operation_id as "operationId",
      coalesce(d.kept_until > ${clock.sql}, false) as "willCount"
    from deleted_contact d
    join contact c on c.account_id = d.account_id and c.id = d.contact_id
    where d.account_id = ${accountId} ${older} ${found}
    order by d.deleted_at desc, d.contact_id desc limit ${limit}`.execute(db);
  return rows;
}
