import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eraseContact } from "#server/contacts/deletion/erase-contact.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { importFile } from "#test/import.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Rows of the import tables, and of staging, that still hold this text. */
async function kept(word: string): Promise<number> {
  const { rows } = await sql<{ kept: number }>`
    select (select count(*) from import_file_part where position(${word}::text in convert_from(bytes, 'UTF8')) > 0)::int
      + (select count(*) from import_rejection r where to_jsonb(r)::text ilike '%' || ${word} || '%')::int
      + (select count(*) from import i where to_jsonb(i)::text ilike '%' || ${word} || '%')::int
      + (select count(*) from pg_tables where schemaname = 'staging' and tablename = 'import_' ||
          (select id from import order by id limit 1))::int as kept`.execute(database.db);
  return rows[0]?.kept ?? 0;
}

test("erasing a person removes the files and rejected rows that name them, and no others", async () => {
  const context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  await importFile(context, "Email,First Name\nxaveria@example.test,Xaveria\nXAVERIA@example.test,Xaveria\n");
  await importFile(context, "Email,First Name\nbo@example.test,Bo\n");
  const { rows } = await sql<{ id: string }>`select contact_id as id from contact_email
    where email_key = 'xaveria@example.test'`.execute(database.db);
  expect(await kept("averia")).toBeGreaterThan(0);

  await eraseContact(context, { contactId: rows[0]?.id ?? "" });

  expect(await kept("averia")).toBe(0);
  const { rows: files } = await sql<{ file: string }>`select convert_from(bytes, 'UTF8') as file
    from import_file_part`.execute(database.db);
  expect(files.map(({ file }) => file.includes("bo@example.test"))).toEqual([true]);
});
