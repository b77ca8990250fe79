import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import { buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { full, held, type Made, made, NOON, on, places, usage } from "#test/holds.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { previewStatus } from "../bulk/preview-status.ts";
import { showContactStatus } from "../record/show-contact-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { verifyAccount } from "../verify/verify-account.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const verified = async ({ context }: Made) => expect((await verifyAccount(context)).differences).toEqual([]);

describe("beyond the room", () => {
  test("hold fills it in id order, whatever order is asked for, and keeps the rest for a person", async () => {
    const all = await made(database.db, { tier: 4 });
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids.toReversed() });
    expect(places(outcomes, all.ids)).toEqual({
      set_marketing: [0, 1, 2, 3],
      "held:limit": [4, 5, 6, 7, 8, 9],
    });
    expect(await held(all)).toEqual([4, 5, 6, 7, 8, 9]);
    await verified(all);
  });

  test("asked for again they are held already, and nobody is told twice", async () => {
    const all = await full(database.db);
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids });
    expect(places(outcomes, all.ids)).toEqual({
      already_marketing: [0, 1, 2, 3],
      "already_held:limit": [4, 5, 6, 7, 8, 9],
    });
    expect(await held(all)).toHaveLength(6);
  });

  test("refuse raises what fits and refuses the rest, which waits for nothing", async () => {
    const all = await made(database.db, { tier: 4, policy: "refuse" });
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids });
    expect(places(outcomes, all.ids)).toEqual({
      set_marketing: [0, 1, 2, 3],
      "refused:limit": [4, 5, 6, 7, 8, 9],
    });
    expect(await held(all)).toEqual([]);
  });

  test("move up takes the next tier of the price book and says so in the history", async () => {
    const all = await made(database.db, { tier: 4, policy: "move_up" });
    await setMarketing(all.context, { ...source, ids: all.ids });
    expect(await usage(all.context)).toBe(10);
    const { rows } = await sql`select why, tier_before, tier_after from tier_change
      where account_id = ${all.context.accountId}`.execute(database.db);
    expect(rows).toEqual([{ why: "moved_up", tier_before: 4, tier_after: 2000 }]);
  });
});

describe("at the edges of the room", () => {
  test("a maximum ends every policy, also where there is no limit", async () => {
    for (const limits of [{ policy: "move_up", tier: 4 }, { counting: "count" }, { tier: 100 }] as const) {
      const all = await made(database.db, { ...limits, maximum: 6 });
      const outcomes = await setMarketing(all.context, { ...source, ids: all.ids });
      expect(places(outcomes, all.ids)).toMatchObject({ "held:maximum": [6, 7, 8, 9] });
      expect(await usage(all.context)).toBe(6);
    }
  });

  test("waiting contacts count already, so staying takes no place", async () => {
    const all = await full(database.db);
    await setNonMarketing(all.context, { ...source, ids: all.ids.slice(0, 2) });
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids.slice(0, 2) });
    expect(places(outcomes, all.ids)).toEqual({ unscheduled: [0, 1] });
  });

  test("the preview says what the act then does", async () => {
    for (const policy of ["hold", "refuse", "move_up"] as const) {
      const all = await made(database.db, { tier: 4, policy, maximum: 8 });
      const selection = { ids: all.ids };
      const preview = await previewStatus(all.context, {
        selection,
        to: "marketing",
        includeProtected: false,
      });
      const outcomes = await setMarketing(all.context, { ...source, ids: all.ids });
      expect(preview.groups).toEqual(
        outcomes
          .map(({ outcome, reason = "", contactIds }) => ({ outcome, reason, contacts: contactIds.length }))
          .toSorted((a, b) => a.outcome.localeCompare(b.outcome)),
      );
      expect(preview.usage.after).toBe(await usage(all.context));
      expect(preview.growth).toMatchObject({ policy, maximum: 8, tier: policy === "move_up" ? 2000 : null });
    }
  });
});

describe("room that comes back", () => {
  test("is given to nobody by itself", async () => {
    const all = await full(database.db);
    await setNonMarketing(all.context, { ...source, ids: all.ids.slice(0, 2) });
    const later = on(all.context, "2026-12-02T12:00:00Z");
    expect(await usage(later)).toBe(2);
    expect(await held(all)).toEqual([4, 5, 6, 7, 8, 9]);
  });
});

test("the record says that a contact waits, since when, why and what for", async () => {
  const all = await full(database.db);
  const shown = await showContactStatus(all.context, { contactId: all.ids[5] as string });
  expect(shown).toMatchObject({
    status: "non_marketing",
    held: { since: new Date(NOON).toISOString(), why: "limit", source: { type: "USER_SET" } },
  });
  const counting = await showContactStatus(all.context, { contactId: all.ids[0] as string });
  expect(counting.held).toBeNull();
});

test("people with Billing are told at once, once for each source and hour", async () => {
  const { accountId } = await buildOwner(database.db);
  await buildMember(database.db, accountId, "marketing");
  await sql`insert into billing_account (account_id, plan, counting, term, renewal_on, tier, currency, created_at, updated_at)
    values (${accountId}, 'professional', 'vendor', 'monthly', '2026-01-01', 1, 'EUR', now(), now())`.execute(
    database.db,
  );
  const ids = await buildContacts(database.db, accountId, 10);
  const context = buildContext(database.db, { accountId, clock: fixedClock(new Date(NOON)) });
  const all = { context, ids };
  const notices = async () =>
    (
      await sql<{ key: string; details: { count: number } }>`select key, details from notice
        where account_id = ${all.context.accountId} order by id`.execute(database.db)
    ).rows;
  await setMarketing(all.context, { ...source, ids: all.ids.slice(0, 3) });
  expect(await notices()).toMatchObject([{ key: "marketing-status:notice_held", details: { count: 2 } }]);
  await setMarketing(on(all.context, "2026-11-18T12:20:00Z"), { ...source, ids: all.ids.slice(3, 5) });
  expect(await notices()).toHaveLength(1);
  await setMarketing(on(all.context, "2026-11-18T13:30:00Z"), { ...source, ids: all.ids.slice(5, 6) });
  expect((await notices()).at(-1)).toMatchObject({ details: { count: 5 } });
});
