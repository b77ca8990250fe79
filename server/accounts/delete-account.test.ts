import { afterAll, beforeAll, expect, test } from "vitest";
import { recordEvent } from "#server/events/record-event.ts";
import { createTestApp, type TestApp } from "#test/app.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildAccount, buildMember, buildOwner } from "#test/people.ts";
import { removeClosedAccounts } from "./delete-account.ts";

let fresh: FreshDatabase;
let app: TestApp;
beforeAll(async () => {
  fresh = await freshDatabase();
  app = await createTestApp(fresh.db);
});
afterAll(async () => {
  await app.app.close();
  await fresh.close();
});

const system = () => buildContext(fresh.db, { accountId: "", actor: { type: "system", id: null } });

/** How many rows of the account are left, in every table that has accounts. */
async function rowsOf(accountId: string): Promise<number> {
  const tables = await fresh.ownerPool.query<{ name: string }>(
    `select table_name as name from information_schema.columns
      join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and column_name = 'account_id' and table_type = 'BASE TABLE'`,
  );
  let rows = 0;
  for (const { name } of tables.rows) {
    const counted = await fresh.ownerPool.query(`select from ${name} where account_id = $1`, [accountId]);
    rows += counted.rowCount ?? 0;
  }
  return rows;
}

test("deleting closes the account at once and then removes everything of it, and nothing else", async () => {
  const owner = await buildOwner(fresh.db, "Doomed");
  const spared = await buildAccount(fresh.db, owner.userId);
  const member = await buildMember(fresh.db, owner.accountId, "viewer");
  await recordEvent(buildContext(fresh.db, { accountId: owner.accountId }), { type: "thing.happened" });
  for (const id of [owner.accountId, spared]) {
    // Counted by a trigger, which counts down when it is removed.
    await fresh.ownerPool.query(
      `insert into contact (account_id, email, createdate, lastmodifieddate)
        select $1, 'a' || n || '@example.test', now(), now() from generate_series(1, 10) n`,
      [id],
    );
  }
  const before = await rowsOf(spared);
  const remove = (name: string) =>
    app.ask({ method: "POST", url: "/api/account/delete", cookie: owner.cookie, body: { name } });

  expect((await remove("doomed")).body).toMatchObject({ error: { reason: "accounts:account_name_differs" } });
  expect((await remove("Doomed")).status).toBe(200);

  const me = await app.ask({ method: "GET", url: "/api/me", cookie: member.cookie });
  expect(me.body).toMatchObject({ account: null, permissions: [] });
  const jobs = await fresh.ownerPool.query(
    "select from graphile_worker.jobs where task_identifier = 'accounts.remove-closed'",
  );
  expect(jobs.rowCount).toBe(1);

  expect(await rowsOf(owner.accountId)).toBeGreaterThan(5);
  await removeClosedAccounts(system());
  expect(await rowsOf(owner.accountId)).toBe(0);
  expect(await rowsOf(spared)).toBe(before);
});

test("what was still written after closing is found later, and then the account itself goes", async () => {
  const { accountId } = await buildOwner(fresh.db);
  const close = (ago: string) =>
    fresh.ownerPool.query("update account set closed_at = now() - $2::interval where id = $1", [
      accountId,
      ago,
    ]);
  const isThere = async () =>
    (await fresh.ownerPool.query("select from account where id = $1", [accountId])).rowCount === 1;

  await close("1 hour");
  await removeClosedAccounts(system());
  expect(await isThere()).toBe(true);
  await recordEvent(buildContext(fresh.db, { accountId }), { type: "thing.happened" });

  await close("25 hours");
  await removeClosedAccounts(system());
  expect(await isThere()).toBe(false);
  expect(await rowsOf(accountId)).toBe(0);
});

test("a member who is no operator cannot delete the account", async () => {
  const { accountId } = await buildOwner(fresh.db, "Kept");
  const admin = await buildMember(fresh.db, accountId, "super-admin");

  const body = { name: "Kept" };
  const answer = await app.ask({ method: "POST", url: "/api/account/delete", cookie: admin.cookie, body });
  expect(answer.body).toMatchObject({ error: { reason: "http:operator_only" } });
});

test("an open account's data cannot be removed by the program", async () => {
  const { accountId } = await buildOwner(fresh.db);
  const statement = fresh.ownerPool.query("select delete_account_data($1)", [accountId]);
  await expect(statement).rejects.toThrow(/is not closed/);
});
