import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setUp } from "#contract/billing.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { switchMarketingContacts } from "./enable-marketing-contacts.ts";
import { loadBilling, nextUpdate } from "./load-billing.ts";
import { saveBilling } from "./save-billing.ts";
import { setUpAccount } from "./set-up-account.ts";

let database: FreshDatabase;
let context: Context;
let made = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  const clock = fixedClock(new Date("2026-11-21T12:00:00Z"));
  const asking = buildContext(database.db, { accountId: "", clock, actor: { type: "command", id: null } });
  const input = setUp.input.parse({
    email: "ada@example.test",
    password: "violet harbour 9041",
    account: `Account ${++made}`,
    timeZone: "Europe/Stockholm",
    plan: "starter",
    renewal: "15",
    marketingContacts: false,
  });
  const { accountId } = await setUpAccount(asking, input);
  context = { ...asking, accountId };
});

async function events(): Promise<{ type: string; details: Record<string, unknown> }[]> {
  const { rows } = await sql<{ type: string; details: Record<string, unknown> }>`
    select type, details from event where account_id = ${context.accountId} and type <> 'account.created'
    order by id`.execute(database.db);
  return rows;
}

describe("changing billing", () => {
  test("keeps what is left out", async () => {
    const change = await saveBilling(context, { plan: "professional", tier: 7000 });
    expect(change.calendarChanged).toBe(false);
    expect(await loadBilling(context)).toMatchObject({
      plan: "professional",
      counting: "vendor",
      tier: 7000,
      currency: "EUR",
      marketingEnabled: false,
      calendar: { term: "monthly", anchor: "2026-11-15" },
    });
    expect((await events()).map(({ type }) => type)).toEqual(["billing.changed", "billing.tier_changed"]);
  });

  test("says when the next update was and is", async () => {
    const change = await saveBilling(context, { term: "yearly", renewalOn: "2026-11-28" });
    expect(change).toEqual({
      calendarChanged: true,
      before: new Date("2026-12-14T23:00:00Z"),
      after: new Date("2026-11-27T23:00:00Z"),
      booked: [],
    });
    expect(await nextUpdate(context)).toEqual(change.after);
    expect((await events()).at(-1)).toMatchObject({
      type: "billing.calendar_changed",
      details: { before: "2026-12-14T23:00:00.000Z", after: "2026-11-27T23:00:00.000Z" },
    });
  });

  test("counts with the zone that the account is to have", async () => {
    const { calendarChanged, after } = await saveBilling(context, { timeZone: "America/New_York" });
    expect([calendarChanged, after]).toEqual([true, new Date("2026-12-15T05:00:00Z")]);
  });

  test("leaves other accounts alone", async () => {
    const other = { ...context, accountId: (BigInt(context.accountId) - 1n).toString() };
    const before = await loadBilling(other).catch(() => null);
    await saveBilling(context, { tier: 9000 });
    expect(await loadBilling(other).catch(() => null)).toEqual(before);
  });
});

describe("what cannot be", () => {
  test.for([
    [{ tier: -5 }, "billing:tier_impossible"],
    [{ renewalOn: "2026-02-30" }, "billing:renewal_impossible"],
    [{ timeZone: "Mars/Olympus" }, "billing:time_zone_unknown"],
    [{ currency: "crowns" }, "billing:currency_unknown"],
    [{ counting: "clients", tier: 1500 }, "billing:tier_not_in_price_book"],
  ] as const)("refuses %o and changes nothing", async ([change, reason]) => {
    const before = await loadBilling(context);
    await expect(saveBilling(context, change)).rejects.toThrow(reason);
    expect(await loadBilling(context)).toEqual(before);
    expect(await events()).toEqual([]);
  });
});

/** A promise that somebody else keeps. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test("a change waits for lowerings that have read the calendar", async () => {
  const order: string[] = [];
  const [read, released] = [gate(), gate()];
  const lowering = context.db.transaction().execute(async (db) => {
    await nextUpdate({ ...context, db });
    read.open();
    await released.opened;
    order.push("lowered");
  });
  await read.opened;
  const changing = saveBilling(context, { renewalOn: "2026-11-25" }).then(() => order.push("changed"));
  released.open();
  await Promise.all([lowering, changing]);
  expect(order).toEqual(["lowered", "changed"]);
});

describe("marketing contacts", () => {
  test("are enabled once, with one event", async () => {
    expect(await switchMarketingContacts(context, true)).toBe(true);
    expect(await switchMarketingContacts(context, true)).toBe(false);
    expect((await loadBilling(context)).marketingEnabled).toBe(true);
    expect((await events()).map(({ type }) => type)).toEqual(["marketing_contacts.enabled"]);
  });
});
