import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { changeBilling } from "../calendar/change-billing.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { settleDueChanges } from "../status/settle-due-changes.ts";
import { verifyAccount } from "../verify/verify-account.ts";
import { rollUpUsage } from "./roll-up-usage.ts";
import { showUsage } from "./show-usage.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const on = (context: Context, instant: string): Context => ({
  ...context,
  clock: fixedClock(new Date(instant)),
});

/** Four people since 1 November: three raised on the 10th, one of them lowered on the 20th, for 1 December. */
async function story(): Promise<Context> {
  const accountId = await buildAccount(database.db, { tier: 1000 });
  const context = buildContext(database.db, { accountId });
  const ids = await buildContacts(database.db, accountId, 4);
  await sql`update contact set createdate = '2026-11-01T08:00:00Z' where account_id = ${accountId}`.execute(
    database.db,
  );
  await setMarketing(on(context, "2026-11-10T10:00:00Z"), { ids: ids.slice(0, 3), ...source });
  await setNonMarketing(on(context, "2026-11-20T10:00:00Z"), { ids: ids.slice(0, 1), ...source });
  return context;
}

const daily = async ({ db, accountId }: Context) =>
  (
    await sql<{ day: string; marketing: number; waiting: number }>`select day, marketing::int as marketing,
      waiting::int as waiting from usage_daily where account_id = ${accountId} order by day`.execute(db)
  ).rows;

test("usage is told for now, for any moment ahead and for any that has passed", async () => {
  const context = on(await story(), "2026-11-25T10:00:00Z");
  expect(await showUsage(context, {})).toMatchObject({
    marketing: 3,
    waiting: 1,
    nonMarketing: 1,
    total: 4,
    contactLimit: 1000,
    headroom: 997,
    nextUpdate: "2026-11-30T23:00:00.000Z",
    atNextUpdate: 2,
  });
  expect(await showUsage(context, { at: "2026-12-02T00:00:00+01:00" })).toMatchObject({
    marketing: 2,
    waiting: 0,
  });
  expect(await showUsage(context, { at: "2026-11-15T00:00:00Z" })).toMatchObject({
    marketing: 3,
    waiting: 0,
    total: 4,
  });
  expect(await showUsage(context, { at: "2026-11-05T00:00:00Z" })).toMatchObject({
    marketing: 0,
    nonMarketing: 4,
  });
  expect(await showUsage(context, { at: "2026-10-05T00:00:00Z" })).toMatchObject({ marketing: 0, total: 0 });
});

test("a change of zone makes the days anew", async () => {
  const context = on(await story(), "2026-11-22T10:00:00Z");
  await rollUpUsage(context);
  await changeBilling(context, { timeZone: "Pacific/Auckland" });
  expect(await daily(context)).toEqual([]);
  await rollUpUsage(context);
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("each ended day is rolled up once, as of its local end", async () => {
  const context = on(await story(), "2026-11-22T10:00:00Z");
  await rollUpUsage(context);
  await rollUpUsage(context);
  const days = await daily(context);
  expect(days[0]).toEqual({ day: "2026-11-10", marketing: 3, waiting: 0 });
  expect(days.at(-1)).toEqual({ day: "2026-11-21", marketing: 3, waiting: 1 });
  expect(days).toHaveLength(12);
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("days wait for an update that is settled late", async () => {
  const begun = await story();
  const late = on(begun, "2026-12-05T10:00:00Z");
  await rollUpUsage(late);
  expect((await daily(late)).at(-1)).toEqual({ day: "2026-11-30", marketing: 3, waiting: 1 });

  await settleDueChanges(late);
  await rollUpUsage(late);
  const days = await daily(late);
  expect(days.find(({ day }) => day === "2026-11-30")).toEqual({
    day: "2026-11-30",
    marketing: 3,
    waiting: 1,
  });
  expect(days.find(({ day }) => day === "2026-12-01")).toEqual({
    day: "2026-12-01",
    marketing: 2,
    waiting: 0,
  });
  expect((await verifyAccount(late)).differences).toEqual([]);
});

test("settling that is under way leaves no day behind that lacks it", async () => {
  const context = on(await story(), "2026-12-10T10:00:00Z");
  await database.db.transaction().execute(async (db) => {
    await settleDueChanges({ ...context, db });
    await rollUpUsage(context);
  });
  expect((await verifyAccount(context)).differences).toEqual([]);
  await rollUpUsage(context);
  expect((await daily(context)).slice(-10)).toMatchObject([
    { day: "2026-11-30", marketing: 3 },
    { day: "2026-12-01", marketing: 2 },
    ...Array.from({ length: 8 }, () => ({ marketing: 2 })),
  ]);
  expect((await verifyAccount(context)).differences).toEqual([]);
});
