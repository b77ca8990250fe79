import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { loadBilling } from "../load-billing.ts";
import { saveBilling } from "../save-billing.ts";
import { bookTier } from "./book-tier.ts";
import { listTierChanges } from "./list-tier-changes.ts";
import { fallWithFewer } from "./look-ahead.ts";
import { quoteChange } from "./quote-change.ts";
import { showOutlook } from "./show-outlook.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const NOW = new Date("2026-11-16T12:00:00Z");

/** A client on Professional with 12,000, yearly until 16 May 2027, so many marketing contacts. */
async function client(usage = 100, counting: "clients" | "vendor" = "clients"): Promise<Context> {
  const options = { counting, tier: 12_000, term: "yearly", renewalOn: "2026-05-16" } as const;
  const accountId = await buildAccount(database.db, options);
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    values (${accountId}, 'infinity', 0, ${usage})`.execute(database.db);
  return buildContext(database.db, { accountId, clock: fixedClock(NOW) });
}

describe("up", () => {
  test("is at once, and says what it costs until renewal", async () => {
    const context = await client();
    const quote = await quoteChange(context, { tier: 17_000 });
    // Twelve months of one more step, for 181 of the 365 days of the term.
    expect(quote).toMatchObject({
      now: { tier: 12_000, price: 125_000 },
      after: { tier: 17_000, price: 147_500 },
      untilRenewal: Math.floor((2 * 12 * 22_500 * 181 + 365) / (2 * 365)),
      renewalDay: "2027-05-16",
      booked: [],
    });
    await saveBilling(context, { tier: 17_000 });
    expect((await loadBilling(context)).tier).toBe(17_000);
    expect((await listTierChanges(context)).changes).toMatchObject([
      { why: "chosen", tierBefore: 12_000, tierAfter: 17_000, priceBefore: 125_000, priceAfter: 147_500 },
    ]);
  });

  test("to another plan keeps the room, in that plan's tiers", async () => {
    const context = await client();
    await saveBilling(context, { plan: "enterprise" });
    expect(await loadBilling(context)).toMatchObject({ plan: "enterprise", tier: 20_000 });
  });

  test("forgets what was booked the other way", async () => {
    const context = await client();
    await saveBilling(context, { plan: "starter", tier: 7000 });
    expect((await showOutlook(context)).plan).toMatchObject({ plan: "starter", day: "2027-05-16" });
    await saveBilling(context, { plan: "enterprise", tier: 20_000 });
    expect(await showOutlook(context)).toMatchObject({ plan: null, fall: { booked: null } });
  });
});

describe("down", () => {
  test("is booked: the plan for the renewal, the tier for when it may fall", async () => {
    const context = await client();
    const { booked } = await saveBilling(context, { plan: "starter", tier: 7000 });
    expect(booked).toMatchObject([
      { what: "plan", plan: "starter", day: "2027-05-16" },
      { what: "tier", tier: 7000, day: "2027-05-16" },
    ]);
    expect(await loadBilling(context)).toMatchObject({ plan: "professional", tier: 12_000 });
    expect(await showOutlook(context)).toMatchObject({
      now: { plan: "professional", tier: 12_000, price: 125_000 },
      atUpdate: { plan: "professional", tier: 12_000, day: "2026-12-01" },
      atRenewal: { plan: "starter", tier: 7000, price: 2000 + 2 * 5000 + 2 * 4500 + 2 * 4000 },
    });
    const quote = await quoteChange(context, { plan: "starter" });
    expect(quote).toMatchObject({ untilRenewal: null, loses: ["workflows", "planned-cleanups"] });
  });

  test("at once is the operator's to do for clients, and anybody's with Billing for a vendor", async () => {
    const context = await client();
    await expect(saveBilling(context, { tier: 7000, when: "now" })).rejects.toThrow(
      "billing:lowering_now_operator",
    );
    const operator = { ...context, actor: { ...context.actor, operator: true } };
    await saveBilling(operator, { tier: 7000, when: "now" });
    const vendor = await client(100, "vendor");
    await saveBilling(vendor, { tier: 9000, when: "now" });
    for (const each of [context, vendor]) {
      expect((await listTierChanges(each)).changes[0]?.why).toBe("corrected");
    }
  });

  test("at once never goes below what counts", async () => {
    const vendor = await client(9001, "vendor");
    await expect(saveBilling(vendor, { tier: 9000, when: "now" })).rejects.toThrow(
      "billing:tier_below_usage",
    );
    expect((await loadBilling(vendor)).tier).toBe(12_000);
  });
});

describe("the tier's next fall", () => {
  test("is by itself to the lowest that fits, can be chosen, cancelled and left to itself again", async () => {
    const context = await client(2500);
    const fall = async () => (await showOutlook(context)).fall;
    expect(await fall()).toMatchObject({ to: 7000, kept: null, booked: null, day: "2027-05-16" });
    expect((await fall())?.choices.map(({ tier }) => tier)).toEqual([7000, 2000]);
    await bookTier(context, "stay");
    expect(await fall()).toMatchObject({ to: 12_000, kept: "cancelled" });
    await bookTier(context, 2000);
    expect(await fall()).toMatchObject({ to: 12_000, kept: "usage", wanted: 2000, usage: 2500 });
    await bookTier(context, "lowest");
    expect(await fall()).toMatchObject({ to: 7000, booked: null });
  });

  test.for([
    [12_000, "billing:tier_not_lower"],
    [17_000, "billing:tier_not_lower"],
    [3000, "billing:tier_not_in_price_book"],
    [-1, "billing:tier_impossible"],
  ] as const)("cannot be %i", async ([tier, reason]) => {
    const context = await client();
    await expect(bookTier(context, tier)).rejects.toThrow(reason);
    expect((await showOutlook(context)).fall?.booked).toBeNull();
  });
});

test("who starts paying agrees on plan and tier at once", async () => {
  const accountId = await buildAccount(database.db, { counting: "count", tier: 12_000 });
  const context = buildContext(database.db, { accountId, clock: fixedClock(NOW) });
  expect(await showOutlook(context)).toMatchObject({ now: { price: null }, fall: null });
  await saveBilling(context, { counting: "clients", plan: "starter", tier: 2000 });
  expect(await loadBilling(context)).toMatchObject({ plan: "starter", tier: 2000 });
});

test("lowering so many says where the tier falls and what that saves", async () => {
  const context = await client(8000);
  const billing = await loadBilling(context);
  expect(await fallWithFewer(context, billing, 999)).toBeNull();
  expect(await fallWithFewer(context, billing, 1000)).toMatchObject({ tier: 7000, saving: 22_500 });
  expect(await fallWithFewer(context, billing, 9000)).toMatchObject({ tier: 2000, saving: 45_000 });
  const seller = { ...context, actor: { ...context.actor, permissions: new Set<never>() } };
  expect(await fallWithFewer(seller, billing, 1000)).toMatchObject({ tier: 7000, saving: null });
});
