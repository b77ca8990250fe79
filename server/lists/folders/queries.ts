import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface Folder {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly lists: number;
}

/** All folders by name. */
export async function selectFolders({ db, accountId }: Context): Promise<Folder[]> {
  const { rows } = await sql<Folder>`select f.id::text, f.name, f.parent_id::text as "parentId",
      (select count(*)::int from list l where l.account_id = f.account_id and l.folder_id = f.id
        and l.deleted_at is null) as lists
    from list_folder f where f.account_id = ${accountId} order by lower(f.name), f.id`.execute(db);
  return rows;
}

export async function countTop({ db, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ lists: number }>`select count(*)::int as lists from list
    where account_id = ${accountId} and folder_id is null and deleted_at is null`.execute(db);
  return rows[0]?.lists ?? 0;
}

type Named = Pick<Folder, "name" | "parentId">;

export async function insertFolder(
  { db, clock, accountId }: Context,
  { name, parentId }: Named,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into list_folder (account_id, name, parent_id, created_at)
    values (${accountId}, ${name}, ${parentId}, ${clock.sql}) returning id::text`.execute(db);
  return rows[0]?.id as string;
}

export async function storeFolder(
  { db, accountId }: Context,
  folderId: string,
  { name, parentId }: Named,
): Promise<void> {
  await sql`update list_folder set name = ${name}, parent_id = ${parentId}
    where account_id = ${accountId} and id = ${folderId}`.execute(db);
}

/** What was in it is one level up afterwards; returns how many lists that were. */
export async function removeFolder({ db, accountId }: Context, { id, parentId }: Folder): Promise<number> {
  const { numAffectedRows } = await sql`update list set folder_id = ${parentId}::bigint
    where account_id = ${accountId} and folder_id = ${id}`.execute(db);
  await sql`update list_folder set parent_id = ${parentId}::bigint where account_id = ${accountId}
    and parent_id = ${id}`.execute(db);
  await sql`delete from list_folder where account_id = ${accountId} and id = ${id}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
