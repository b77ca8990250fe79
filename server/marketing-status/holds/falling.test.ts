import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadBilling } from "#server/billing/load-billing.ts";
import { savePrices } from "#server/billing/price-book/save-prices.ts";
import { takeDueChanges } from "#server/billing/tiers/take-due-changes.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { usage } from "#test/holds.ts";
import { loseMarketingContacts } from "../calendar/lose-marketing-contacts.ts";
import { setMarketing } from "../status/set-marketing.ts";

// A raise that is not committed yet, far below the limit, while something takes the room away.

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await sql`update price_book set included = 2, blocks = '[{"from": 2, "to": null, "step": 2, "price": 100}]'
    where plan = 'professional' and currency = 'EUR'`.execute(database.db);
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const FAR = 50_000_000;
const at = (accountId: string, instant: string) =>
  buildContext(database.db, { accountId, clock: fixedClock(new Date(instant)) });

/** Begins the work while five raised contacts are uncommitted, and commits them once it is through or waits. */
async function duringRaise(context: Context, work: () => Promise<unknown>): Promise<void> {
  const ids = await buildContacts(database.db, context.accountId, 5);
  let working: Promise<unknown> = Promise.resolve();
  await database.db.transaction().execute(async (db) => {
    await setMarketing({ ...context, db }, { ...source, ids });
    const ended = new AbortController();
    working = work().finally(() => ended.abort());
    while (!ended.signal.aborted && !(await waits())) await sql`select pg_sleep(0.02)`.execute(database.db);
  });
  await working;
}

async function waits(): Promise<boolean> {
  const { rows } = await sql`select from pg_locks where not granted`.execute(database.db);
  return rows.length > 0;
}

test("a tier that falls keeps the room for a raise that is just being made", async () => {
  const accountId = await buildAccount(database.db, { counting: "clients", tier: FAR });
  await takeDueChanges(at(accountId, "2026-11-20T12:00:00Z"));
  const late = at(accountId, "2026-12-01T12:00:00Z");
  await duringRaise(late, () => takeDueChanges(late));
  expect(await usage(late)).toBe(5);
  expect((await loadBilling(late)).tier).toBe(6);
});

test("who loses marketing contacts loses those that are just being raised too", async () => {
  const context = at(await buildAccount(database.db, { tier: FAR }), "2026-12-01T12:00:00Z");
  let lost = 0;
  await duringRaise(context, async () => {
    lost = (await loseMarketingContacts(context)).contacts;
  });
  expect(lost).toBe(5);
});

test("an edit of the price book waits for a raise that moves up by it, and the next ones go by the edit", async () => {
  const context = at(await buildAccount(database.db, { tier: 2, policy: "move_up" }), "2026-12-01T12:00:00Z");
  let tier = 0;
  await duringRaise(context, async () => {
    await savePrices(context, {
      plan: "professional",
      currency: "EUR",
      included: 2,
      base: 0,
      blocks: [{ from: 2, to: null, step: 10, price: 100 }],
      tierFalls: "update",
    });
    tier = (await loadBilling(context)).tier;
  });
  expect(tier).toBe(6);
  await setMarketing(context, { ...source, ids: await buildContacts(database.db, context.accountId, 2) });
  expect((await loadBilling(context)).tier).toBe(12);
});
