import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { fixedClock } from "#server/platform/clock.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { previewStatus } from "../bulk/preview-status.ts";
import { followProtection } from "../protection/follow-protection.ts";
import { pinContact } from "../record/pin-contact.ts";
import { setContactStatus } from "../record/set-contact-status.ts";
import { showContactStatus } from "../record/show-contact-status.ts";
import { mergeStatus } from "../status/merge-status.ts";
import { removeStatus } from "../status/remove-status.ts";
import { restoreStatus } from "../status/restore-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { undoStatus } from "../status/undo-status.ts";
import { selectUsage } from "../usage/queries.ts";
import { verifyAccount } from "../verify/verify-account.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const NOON = "2026-11-18T12:00:00Z";

interface Made {
  readonly context: Context;
  readonly ids: string[];
}

async function made(
  limits: Parameters<typeof buildAccount>[1],
  { contacts = 10, now = NOON } = {},
): Promise<Made> {
  const accountId = await buildAccount(database.db, limits);
  const ids = await buildContacts(database.db, accountId, contacts);
  return { context: buildContext(database.db, { accountId, clock: fixedClock(new Date(now)) }), ids };
}

const on = (context: Context, now: string): Context => ({ ...context, clock: fixedClock(new Date(now)) });

/** "held:limit" -> the places of the contacts in `ids`. */
function places(outcomes: readonly Outcome[], ids: readonly string[]): Record<string, number[]> {
  return Object.fromEntries(
    outcomes.map(({ outcome, reason, contactIds }) => [
      reason ? `${outcome}:${reason}` : outcome,
      contactIds.map((id) => ids.indexOf(id)).toSorted((a, b) => a - b),
    ]),
  );
}

const usage = async (context: Context) =>
  (await selectUsage(context, await context.clock.now(context.db))).marketing;

async function held({ context, ids }: Made): Promise<number[]> {
  const { rows } = await sql<{ id: string }>`select contact_id as id from held_raise
    where account_id = ${context.accountId} and ended_at is null order by contact_id`.execute(database.db);
  return rows.map(({ id }) => ids.indexOf(id));
}

async function endings({ context, ids }: Made): Promise<Record<number, string>> {
  const { rows } = await sql<{
    id: string;
    by: string;
  }>`select contact_id as id, ended_by as by from held_raise
    where account_id = ${context.accountId} and ended_at is not null order by id`.execute(database.db);
  return Object.fromEntries(rows.map(({ id, by }) => [ids.indexOf(id), by]));
}

/** Four places, all ten asked for: six wait. */
async function full(limits: Parameters<typeof buildAccount>[1] = {}): Promise<Made> {
  const all = await made({ tier: 4, ...limits });
  await setMarketing(all.context, { ...source, ids: all.ids, operationId: "7" });
  return all;
}

const verified = async ({ context }: Made) => expect((await verifyAccount(context)).differences).toEqual([]);

describe("beyond the room", () => {
  test("hold fills it in id order, whatever order is asked for, and keeps the rest for a person", async () => {
    const all = await made({ tier: 4 });
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids.toReversed() });
    expect(places(outcomes, all.ids)).toEqual({
      set_marketing: [0, 1, 2, 3],
      "held:limit": [4, 5, 6, 7, 8, 9],
    });
    expect(await held(all)).toEqual([4, 5, 6, 7, 8, 9]);
    await verified(all);
  });

  test("asked for again they are held already, and nobody is told twice", async () => {
    const all = await full();
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids });
    expect(places(outcomes, all.ids)).toEqual({
      already_marketing: [0, 1, 2, 3],
      "already_held:limit": [4, 5, 6, 7, 8, 9],
    });
    expect(await held(all)).toHaveLength(6);
  });

  test("refuse raises what fits and refuses the rest, which waits for nothing", async () => {
    const all = await made({ tier: 4, policy: "refuse" });
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids });
    expect(places(outcomes, all.ids)).toEqual({
      set_marketing: [0, 1, 2, 3],
      "refused:limit": [4, 5, 6, 7, 8, 9],
    });
    expect(await held(all)).toEqual([]);
  });

  test("move up takes the next tier of the price book and says so in the history", async () => {
    const all = await made({ tier: 4, policy: "move_up" });
    await setMarketing(all.context, { ...source, ids: all.ids });
    expect(await usage(all.context)).toBe(10);
    const { rows } = await sql`select why, tier_before, tier_after from tier_change
      where account_id = ${all.context.accountId}`.execute(database.db);
    expect(rows).toEqual([{ why: "moved_up", tier_before: 4, tier_after: 2000 }]);
  });

  test("a maximum ends every policy, also where there is no limit", async () => {
    for (const limits of [{ policy: "move_up", tier: 4 }, { counting: "count" }, { tier: 100 }] as const) {
      const all = await made({ ...limits, maximum: 6 });
      const outcomes = await setMarketing(all.context, { ...source, ids: all.ids });
      expect(places(outcomes, all.ids)).toMatchObject({ "held:maximum": [6, 7, 8, 9] });
      expect(await usage(all.context)).toBe(6);
    }
  });

  test("waiting contacts count already, so staying takes no place", async () => {
    const all = await full();
    await setNonMarketing(all.context, { ...source, ids: all.ids.slice(0, 2) });
    const outcomes = await setMarketing(all.context, { ...source, ids: all.ids.slice(0, 2) });
    expect(places(outcomes, all.ids)).toEqual({ unscheduled: [0, 1] });
  });

  test("the preview says what the act then does", async () => {
    for (const policy of ["hold", "refuse", "move_up"] as const) {
      const all = await made({ tier: 4, policy, maximum: 8 });
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

describe("other ways up", () => {
  test("undoing a lowering after its instant needs room like any raise", async () => {
    const all = await full();
    await setNonMarketing(all.context, { ...source, ids: all.ids.slice(0, 3), operationId: "8" });
    const later = on(all.context, "2026-12-02T12:00:00Z");
    await setMarketing(later, { ...source, ids: all.ids.slice(6, 8) });
    const outcomes = await undoStatus(later, {
      ...source,
      ids: all.ids.slice(0, 3),
      entry: { operationId: "8" },
    });
    expect(places(outcomes, all.ids)).toEqual({ set_marketing: [0], "held:limit": [1, 2] });
    expect(await usage(later)).toBe(4);
    expect((await verifyAccount(later)).differences).toEqual([]);
  });

  test("undoing the raise ends what it had held", async () => {
    const all = await full();
    const outcomes = await undoStatus(all.context, { ...source, ids: all.ids, entry: { operationId: "7" } });
    expect(places(outcomes, all.ids)).toEqual({ undone: [0, 1, 2, 3], unheld: [4, 5, 6, 7, 8, 9] });
    expect(await held(all)).toEqual([]);
    await verified(all);
  });

  test("a restored contact that counted waits when its place is taken", async () => {
    const all = await full();
    const [first = ""] = all.ids;
    await gone(all.context, first);
    await setMarketing(all.context, { ...source, ids: all.ids.slice(4, 5) });
    await sql`update contact set deleted_at = null where account_id = ${all.context.accountId}
      and id = ${first}`.execute(database.db);
    const outcomes = await restoreStatus(all.context, { ...source, ids: [first] });
    expect(places(outcomes, all.ids)).toEqual({ "held:limit": [0] });
    expect(await usage(all.context)).toBe(4);
    expect(await held(all)).toEqual([0, 5, 6, 7, 8, 9]);
    await verified(all);
  });
});

const gone = (context: Context, id: string) =>
  inTransaction(context, async (context) => {
    const { db, accountId } = context;
    await sql`insert into deleted_contact (account_id, contact_id, deleted_at, emails, kept_until, kept_source_type)
      select ${accountId}, ${id}, now(), '[]', until, source_type from marketing_contact
      where account_id = ${accountId} and contact_id = ${id}`.execute(db);
    await sql`update contact set deleted_at = now() where account_id = ${accountId} and id = ${id}`.execute(
      db,
    );
    await removeStatus(context, { ...source, ids: [id], kind: "deleted" });
  });

describe("a hold ends", () => {
  test("when the contact is deleted, protected, pinned, lowered or raised in its own right", async () => {
    const all = await full();
    const id = (place: number) => all.ids[place] as string;
    await gone(all.context, id(4));
    await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
      values (${all.context.accountId}, ${id(5)}, 'opt_out', now(), 'USER_SET', 'user', true)`.execute(
      database.db,
    );
    await followProtection(all.context, { ...source, ids: [id(5)] });
    await pinContact(all.context, { contactId: id(6), pin: "never" });
    await setNonMarketing(all.context, { ...source, ids: [id(7)] });
    await gone(all.context, id(0));
    await setContactStatus(all.context, { contactId: id(8), to: "marketing" });
    expect(await endings(all)).toEqual({
      4: "deleted",
      5: "protected",
      6: "pinned",
      7: "lowered",
      8: "raised",
    });
    expect(await held(all)).toEqual([9]);
    await verified(all);
  });

  test("by a merge, when the survivor counts; else the survivor waits in the loser's place", async () => {
    const all = await full();
    const merge = async (survivor: number, loser: number) => {
      const [survivorId, loserId] = [all.ids[survivor] as string, all.ids[loser] as string];
      await mergeStatus(all.context, { ...source, survivorId, loserId });
      await sql`delete from contact where account_id = ${all.context.accountId} and id = ${loserId}`.execute(
        database.db,
      );
    };
    await merge(0, 4);
    expect(await held(all)).toEqual([5, 6, 7, 8, 9]);
    await merge(5, 6);
    expect(await held(all)).toEqual([5, 7, 8, 9]);
    await merge(7, 1);
    expect(await held(all)).toEqual([5, 8, 9]);
    expect(await endings(all)).toEqual({ 4: "merged", 6: "merged", 7: "raised" });
    await verified(all);
  });
});

describe("room that comes back", () => {
  test("is given to nobody by itself", async () => {
    const all = await full();
    await setNonMarketing(all.context, { ...source, ids: all.ids.slice(0, 2) });
    const later = on(all.context, "2026-12-02T12:00:00Z");
    expect(await usage(later)).toBe(2);
    expect(await held(all)).toEqual([4, 5, 6, 7, 8, 9]);
  });
});

test("the record says that a contact waits, since when, why and what for", async () => {
  const all = await full();
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
