import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

interface Note {
  readonly contactId: string;
  readonly noteId: string;
  readonly body: string;
}

export async function insertNote(
  { db, clock, actor, accountId }: Context,
  { contactId, body }: Omit<Note, "noteId">,
): Promise<string> {
  const author = actor.type === "user" ? actor.id : null;
  const { rows } = await sql<{ id: string }>`
    insert into note (account_id, contact_id, body, author_id, created_at, updated_at)
    values (${accountId}, ${contactId}, ${body}, ${author}, ${clock.sql}, ${clock.sql})
    returning id`.execute(db);
  return rows[0]?.id as string;
}

/** False when the contact has no such note. */
export async function saveNote(
  { db, clock, accountId }: Context,
  { contactId, noteId, body }: Note,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update note set body = ${body}, updated_at = ${clock.sql}
    where account_id = ${accountId} and contact_id = ${contactId} and id = ${noteId}`.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteNote(
  { db, accountId }: Context,
  { contactId, noteId }: Omit<Note, "body">,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from note
    where account_id = ${accountId} and contact_id = ${contactId} and id = ${noteId}`.execute(db);
  return numAffectedRows === 1n;
}
