import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { loadBilling } from "./load-billing.ts";
import { moveTier } from "./move-tier.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test("a tier moves at once and keeps its history with prices", async () => {
  const accountId = await buildAccount(database.db, { tier: 2000 });
  const context = buildContext(database.db, { accountId });
  expect(await moveTier(context, { tier: 7000, why: "moved_up" })).toEqual({ from: 2000, to: 7000 });
  expect(await moveTier(context, { tier: 7000, why: "moved_up" })).toEqual({ from: 7000, to: 7000 });
  expect((await loadBilling(context)).contactLimit).toBe(7000);
  const { rows } =
    await sql`select why, tier_before, tier_after, price_before::int, price_after::int, currency, actor_id
    from tier_change where account_id = ${accountId}`.execute(database.db);
  expect(rows).toEqual([
    {
      why: "moved_up",
      tier_before: 2000,
      tier_after: 7000,
      price_before: 80_000,
      price_after: 102_500,
      currency: "EUR",
      actor_id: "1",
    },
  ]);
});

test("nothing moves when the caller's transaction fails", async () => {
  const accountId = await buildAccount(database.db, { tier: 2000 });
  const context = buildContext(database.db, { accountId });
  const failing = context.db.transaction().execute(async (db) => {
    await moveTier({ ...context, db }, { tier: 7000, why: "approved" });
    throw new Error("refused");
  });
  await expect(failing).rejects.toThrow("refused");
  expect((await loadBilling(context)).tier).toBe(2000);
});
