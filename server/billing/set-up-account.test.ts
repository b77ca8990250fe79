import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setUp } from "#contract/billing.ts";
import { createSetupLink } from "#server/accounts/setup-link.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { loadBilling, nextUpdate } from "./load-billing.ts";
import { requireMarketingContacts, requirePlan } from "./require-plan.ts";
import { setUpAccount } from "./set-up-account.ts";
import { showBilling } from "./show-billing.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

let accounts = 0;
const wishes = (more: Record<string, unknown> = {}) =>
  setUp.input.parse({
    email: "ada@example.test",
    password: "violet harbour 9041",
    account: `Account ${++accounts}`,
    timeZone: "Europe/Stockholm",
    plan: "professional",
    ...more,
  });

const commandLine = (instant = "2026-11-21T22:30:00Z"): Context =>
  buildContext(database.db, {
    accountId: "",
    clock: fixedClock(new Date(instant)),
    actor: { type: "command", id: null, operator: true },
  });

/** Sets up by the command line; gives the context of the new account. */
async function made(more: Record<string, unknown> = {}): Promise<Context> {
  const context = commandLine();
  const { accountId } = await setUpAccount(context, wishes(more));
  return { ...context, accountId };
}

describe("by default", () => {
  test("an account pays a vendor monthly from the local day of set-up, for what the plan includes", async () => {
    const context = await made();
    expect(await loadBilling(context)).toMatchObject({
      plan: "professional",
      counting: "vendor",
      marketingEnabled: true,
      calendar: { term: "monthly", anchor: "2026-11-21", timeZone: "Europe/Stockholm" },
      tier: 2000,
      contactLimit: 2000,
      maximum: null,
      currency: "EUR",
    });
    expect(await nextUpdate(context)).toEqual(new Date("2026-12-20T23:00:00Z"));
  });

  test("the day is the account's, not the server's", async () => {
    const context = await made({ timeZone: "Asia/Tokyo" });
    expect((await loadBilling(context)).calendar.anchor).toBe("2026-11-22");
  });

  test("those who just count need no plan and have no limit", async () => {
    const context = await made({ plan: undefined, counting: "count" });
    expect(await loadBilling(context)).toMatchObject({ plan: "enterprise", contactLimit: null });
    expect(await showBilling(context)).toMatchObject({ tier: null, contactLimit: null, price: null });
  });

  test("an account made without billing just counts", async () => {
    const { rows } = await sql<{ id: string }>`insert into account (name, time_zone, language, created_at)
      values ('Bare', 'Europe/Warsaw', 'pl', '2026-10-31T23:30:00Z') returning id`.execute(database.db);
    const context = { ...commandLine(), accountId: rows[0]?.id ?? "" };
    expect(await showBilling(context)).toMatchObject({
      counting: "count",
      renewalOn: "2026-11-01",
      contactLimit: null,
    });
  });
});

describe("what is asked for", () => {
  test("a renewal day of 31 is kept through short months", async () => {
    const context = await made({ renewal: "31", tier: 12_000, language: "sv", timeZone: "Europe/Warsaw" });
    expect(await showBilling(context)).toEqual({
      policy: "hold",
      plan: "professional",
      counting: "vendor",
      term: "monthly",
      marketingEnabled: true,
      timeZone: "Europe/Warsaw",
      renewalOn: "2026-10-31",
      tier: 12_000,
      contactLimit: 12_000,
      maximum: null,
      currency: "SEK",
      periodStart: "2026-10-30T23:00:00.000Z",
      nextUpdate: { instant: "2026-11-29T23:00:00.000Z", day: "2026-11-30", reason: "renewal_day_clamped" },
      nextRenewal: { instant: "2026-11-29T23:00:00.000Z", day: "2026-11-30", reason: "renewal_day_clamped" },
      price: { amount: 11 * (80_000 + 2 * 22_500), example: true },
    });
  });

  test("a yearly term is updated on the 1st and renews on its date", async () => {
    const shown = await showBilling(await made({ term: "yearly", renewal: "2026-09-15" }));
    expect(shown.nextUpdate).toMatchObject({ day: "2026-12-01", reason: "first_of_month" });
    expect(shown.nextRenewal).toMatchObject({ day: "2027-09-15", reason: "renewal_date" });
  });

  test("prices are for those who may see billing", async () => {
    const context = await made();
    const actor = { ...context.actor, permissions: new Set<never>() };
    expect(await showBilling({ ...context, actor })).toMatchObject({ plan: "professional", price: null });
  });

  test("a plan that lacks a feature says so", async () => {
    const starter = await made({ plan: "starter" });
    await expect(requirePlan(starter, "workflows")).rejects.toThrow("billing:plan_required_professional");
    await expect(requirePlan(await made(), "workflows")).resolves.toBeUndefined();
  });

  test("an account may be without marketing contacts", async () => {
    const context = await made({ marketingContacts: false });
    await expect(requireMarketingContacts(context)).rejects.toThrow("billing:marketing_contacts_missing");
  });
});

describe("what cannot be", () => {
  test.for([
    [{ timeZone: "Europe/Nowhere" }, "billing:time_zone_unknown"],
    [{ timeZone: "+02:00" }, "billing:time_zone_unknown"],
    [{ tier: -1 }, "billing:tier_impossible"],
    [{ tier: 0 }, "billing:tier_impossible"],
    [{ tier: 12.5 }, "billing:tier_impossible"],
    [{ tier: 3000, counting: "clients" }, "billing:tier_not_in_price_book"],
    [{ renewal: "32" }, "billing:renewal_impossible"],
    [{ renewal: "2026-02-30" }, "billing:renewal_impossible"],
    [{ plan: undefined }, "billing:plan_missing"],
    [{ currency: "XXY" }, "billing:currency_unknown"],
    [{ currency: "JPY", counting: "clients" }, "billing:currency_without_prices"],
  ] as const)("%o is refused and nothing is made", async ([more, reason]) => {
    const input = wishes(more);
    await expect(setUpAccount(commandLine(), input)).rejects.toThrow(reason);
    const { rows } = await sql`select from account where name = ${input.account}`.execute(database.db);
    expect(rows).toEqual([]);
  });
});

test("in a browser it needs the one-time link, which works once and only for the first login", async () => {
  const empty = await freshDatabase();
  try {
    const anonymous = buildContext(empty.db, { accountId: "", actor: { type: "anonymous", id: null } });
    await expect(setUpAccount(anonymous, wishes({ token: "wrong" }))).rejects.toThrow(
      "accounts:setup_link_invalid",
    );
    const { path } = await createSetupLink(anonymous);
    const token = path.split("#")[1];
    const { accountId, userId } = await setUpAccount(anonymous, wishes({ token }));
    const { rows } = await sql<{ operator: boolean; name: string }>`
      select operator, name from app_user where id = ${userId}`.execute(empty.db);
    expect(rows).toEqual([{ operator: true, name: "ada" }]);
    const { rows: events } = await sql<{ type: string }>`
      select type from event where account_id = ${accountId}`.execute(empty.db);
    expect(events).toEqual([{ type: "account.created" }]);
    await expect(setUpAccount(anonymous, wishes({ token }))).rejects.toThrow("accounts:already_set_up");
  } finally {
    await empty.close();
  }
});
