import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "./database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

test("a fresh database is used as the app role, which is no superuser", async () => {
  const { rows } = await sql<{ role: string; login: string; super: boolean }>`select current_user as role,
    session_user as login, (select bool_or(rolsuper) from pg_roles where rolname in (current_user, session_user)) as super`.execute(
    fresh.db,
  );
  expect(rows[0]).toEqual({ role: "headroom_app", login: expect.stringContaining("owner"), super: false });
});

test("two databases know nothing of each other", async () => {
  const other = await freshDatabase();
  await fresh.ownerPool.query("create table only_here (id int)");
  const { rows } = await other.ownerPool.query("select to_regclass('only_here') as found");
  expect(rows[0].found).toBeNull();
  await other.close();
});
