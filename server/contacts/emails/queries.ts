import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface ContactEmail {
  readonly email: string;
  readonly primary: boolean;
}

/** The primary address first, then the others as they came; of a deleted contact those a restore tries to give back. */
export async function selectEmails({ db, accountId }: Context, contactId: string): Promise<ContactEmail[]> {
  const { rows } = await sql<ContactEmail>`
    select email, "primary" from (
      select email, is_primary as "primary", created_at as at from contact_email
      where account_id = ${accountId} and contact_id = ${contactId}
      union all
      select kept.email, kept."primary", kept."createdAt" from deleted_contact deleted, jsonb_to_recordset(deleted.emails)
        as kept (email text, "primary" boolean, "createdAt" timestamptz)
      where deleted.account_id = ${accountId} and deleted.contact_id = ${contactId}
    ) address
    order by "primary" desc, at, email`.execute(db);
  return rows;
}

interface NewEmail {
  readonly contactId: string;
  readonly email: string;
  readonly primary: boolean;
}

/**
 * False when the address belongs to somebody, this contact included. Two writers with the same address queue here;
 * exactly one gets it.
 */
export async function insertEmail(
  { db, clock, accountId }: Context,
  { contactId, email, primary }: NewEmail,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
    values (${accountId}, ${email}, ${contactId}, ${email}, ${primary}, ${clock.sql})
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

export async function selectHolder({ db, accountId }: Context, email: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select contact_id as id from contact_email
    where account_id = ${accountId} and email_key = ${email}`.execute(db);
  return rows[0]?.id;
}

/** False when this contact does not have the address. */
export async function deleteEmail(
  { db, accountId }: Context,
  { contactId, email }: Omit<NewEmail, "primary">,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from contact_email
    where account_id = ${accountId} and email_key = ${email} and contact_id = ${contactId}`.execute(db);
  return numAffectedRows === 1n;
}

/** Makes this address the primary one and shows it on the contact; null is none. */
export async function setPrimary(
  { db, clock, accountId }: Context,
  { contactId, email }: { readonly contactId: string; readonly email: string | null },
): Promise<void> {
  await sql`update contact_email set is_primary = (email_key is not distinct from ${email}::text)
    where account_id = ${accountId} and contact_id = ${contactId}
      and is_primary <> (email_key is not distinct from ${email}::text)`.execute(db);
  await sql`update contact set email = ${email}, lastmodifieddate = ${clock.sql}
    where account_id = ${accountId} and id = ${contactId}`.execute(db);
}
