import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { countHeld, listHeld } from "#server/marketing-contacts/review/list-held.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { CHUNK_SIZE } from "#server/operations/operation.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { selectUsage } from "../usage/queries.ts";
import { verifyAccount } from "../verify/verify-account.ts";
import { previewApproval } from "./preview-approval.ts";
import { startApproval, startDecline } from "./start-review.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const NOON = "2026-11-18T12:00:00Z";
const everybody = { filter: { filterGroups: [] }, query: "" };

let context: Context;
let ids: string[];

/** A tier of 2,000 with three places left: of eight that ask, the later ones first, five wait. */
beforeEach(async () => {
  const accountId = await buildAccount(database.db, { tier: 2000 });
  context = buildContext(database.db, { accountId, clock: fixedClock(new Date(NOON)) });
  const first = await buildContacts(database.db, accountId, 2000);
  await setMarketing(context, { sourceType: "USER_SET", ids: first });
  ids = await buildContacts(database.db, accountId, 5);
  const at = (minute: number) => ({
    ...context,
    clock: fixedClock(new Date(`2026-11-18T11:0${minute}:00Z`)),
  });
  await setMarketing(at(1), { ids: ids.slice(3), sourceType: "FORM_SUBMISSION", sourceId: "12" });
  await setMarketing(at(2), { ids: ids.slice(0, 3), sourceType: "CONTACT_IMPORT", sourceId: "99" });
});

const usage = async () => (await selectUsage(context, new Date(NOON))).marketing;
const places = (found: { id: string }[]) => found.map(({ id }) => ids.indexOf(id));
const waiting = async () => places((await listHeld(context, { limit: 50 })).contacts);
const tier = async () =>
  (
    await sql<{
      tier: number;
    }>`select tier from billing_account where account_id = ${context.accountId}`.execute(database.db)
  ).rows[0]?.tier;

async function setMaximum(maximum: number): Promise<void> {
  await sql`update billing_account set maximum = ${maximum} where account_id = ${context.accountId}`.execute(
    database.db,
  );
}

async function run(operationId: string) {
  await runOperation(context, { operationId });
  const { outcomes, state } = await showOperation(context, { operationId });
  expect(state).toBe("done");
  return outcomes.map(({ outcome, reason, contacts }) => [
    reason ? `${outcome}:${reason}` : outcome,
    contacts,
  ]);
}

async function optOut(id: string, at = NOON): Promise<void> {
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    values (${context.accountId}, ${id}, 'opt_out', ${at}, 'USER_SET', 'user', true)`.execute(database.db);
}

test("the queue stands oldest first, page by page, with source, age and consent", async () => {
  const first = await listHeld(context, { limit: 2 });
  expect(first.held).toBe(5);
  expect(places(first.contacts)).toEqual([3, 4]);
  expect(first.contacts[0]).toMatchObject({
    since: "2026-11-18T11:01:00.000Z",
    why: "limit",
    source: { type: "FORM_SUBMISSION", id: "12" },
    consent: [],
  });
  const second = await listHeld(context, { limit: 2, after: first.after as string });
  expect(places(second.contacts)).toEqual([0, 1]);
  const last = await listHeld(context, { limit: 2, after: second.after as string });
  expect([places(last.contacts), last.after]).toEqual([[2], null]);
  expect(first.sources.map(({ type, contacts }) => [type, contacts])).toEqual([
    ["CONTACT_IMPORT", 3],
    ["FORM_SUBMISSION", 2],
  ]);
  expect(places((await listHeld(context, { limit: 9, sourceType: "FORM_SUBMISSION" })).contacts)).toEqual([
    3, 4,
  ]);
  expect(await countHeld(context)).toEqual({ held: 5 });
  await expect(listHeld(context, { limit: 2, after: "x" })).rejects.toMatchObject({ code: "invalid_input" });
});

test("approval shows the step and its price, buys exactly that, and keeps the source of each", async () => {
  const preview = await previewApproval(context, { selection: everybody });
  expect(preview).toMatchObject({
    total: 5,
    groups: [{ outcome: "approved", reason: "", contacts: 5 }],
    approved: 5,
    usage: { now: 2000, after: 2005 },
    room: 0,
    tier: 7000,
    price: { before: 80_000, after: 102_500, currency: "EUR", example: true },
    mustType: true,
  });
  const { operationId } = await startApproval(context, { selection: everybody, expect: 5, tier: 7000 });
  expect(await run(operationId)).toEqual([["approved", 5]]);
  expect([await usage(), await tier(), await waiting()]).toEqual([2005, 7000, []]);
  const { rows } = await sql`select source_type, source_id, reason from marketing_change
    where account_id = ${context.accountId} and operation_id = ${operationId} order by contact_id`.execute(
    database.db,
  );
  expect(rows).toEqual([
    ...Array.from({ length: 3 }, () => ({
      source_type: "CONTACT_IMPORT",
      source_id: "99",
      reason: "approved",
    })),
    ...Array.from({ length: 2 }, () => ({
      source_type: "FORM_SUBMISSION",
      source_id: "12",
      reason: "approved",
    })),
  ]);
  const events = await sql<{
    details: { sourceType: string; contactIds: string[] };
  }>`select details from event
    where account_id = ${context.accountId} and type = 'marketing.held_approved' order by id`.execute(
    database.db,
  );
  expect(events.rows.map(({ details }) => [details.sourceType, details.contactIds.length])).toEqual([
    ["CONTACT_IMPORT", 3],
    ["FORM_SUBMISSION", 2],
  ]);
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("the maximum ends approval: the oldest get the places, the others go on waiting", async () => {
  await setMaximum(2003);
  const preview = await previewApproval(context, { selection: everybody });
  expect(preview.groups).toEqual([
    { outcome: "approved", reason: "", contacts: 3 },
    { outcome: "still_held", reason: "maximum", contacts: 2 },
  ]);
  const { operationId } = await startApproval(context, { selection: everybody, expect: 3, tier: 7000 });
  expect(await run(operationId)).toEqual([
    ["approved", 3],
    ["still_held:maximum", 2],
  ]);
  expect([await usage(), await waiting()]).toEqual([2003, [1, 2]]);
});

test("the oldest get the places of a large approval too, when fewer are left than at its start", async () => {
  const many = await buildContacts(database.db, context.accountId, CHUNK_SIZE);
  const asked = { sourceType: "USER_SET", ids: many } as const;
  await setMarketing({ ...context, clock: fixedClock(new Date("2026-11-18T11:03:00Z")) }, asked);
  const oldest = await buildContacts(database.db, context.accountId, 3);
  const early = { ...context, clock: fixedClock(new Date("2026-11-18T10:00:00Z")) };
  await setMarketing(early, { sourceType: "USER_SET", ids: oldest });
  await sql`select refresh_statistics(array['held_raise', 'contact', 'marketing_contact'])`.execute(
    database.db,
  );
  const all = 5 + CHUNK_SIZE + oldest.length;
  const { tier } = await previewApproval(context, { selection: everybody });
  const { operationId } = await startApproval(context, { selection: everybody, expect: all, tier });
  await setMaximum(2004);
  expect(await run(operationId)).toEqual([
    ["approved", 4],
    ["still_held:maximum", all - 4],
  ]);
  const { rows } = await sql<{ id: string }>`select contact_id as id from marketing_change
    where account_id = ${context.accountId} and operation_id = ${operationId} order by contact_id`.execute(
    database.db,
  );
  expect(rows.map(({ id }) => id)).toEqual([ids[3], ...oldest]);
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("what was confirmed is what is done: other numbers or another step are refused", async () => {
  await expect(startApproval(context, { selection: everybody, expect: 4, tier: 7000 })).rejects.toMatchObject(
    { code: "count_changed", details: { expected: 4, actual: 5 } },
  );
  await expect(startApproval(context, { selection: everybody, expect: 5, tier: null })).rejects.toMatchObject(
    { code: "count_changed", details: { tier: 7000 } },
  );
  expect([await waiting(), await tier()]).toEqual([[3, 4, 0, 1, 2], 2000]);
});

test("a step that the price book has lost since the approval was confirmed is not bought", async () => {
  const { operationId } = await startApproval(context, { selection: everybody, expect: 5, tier: 7000 });
  const step = async (size: number) =>
    sql`update price_book set blocks = jsonb_set(blocks, '{0,step}', ${String(size)}::jsonb)
      where plan = 'professional' and currency = 'EUR'`.execute(database.db);
  const { rows } = await sql<{ size: number }>`select (blocks->0->>'step')::int as size from price_book
    where plan = 'professional' and currency = 'EUR'`.execute(database.db);
  await step(10_000);
  expect(await run(operationId)).toEqual([["still_held:limit", 5]]);
  await step(rows[0]?.size as number);
  expect([await tier(), (await waiting()).length]).toEqual([2000, 5]);
});

test("approval looks again for protection, pins and existence", async () => {
  await optOut(ids[3] as string);
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
    values (${context.accountId}, ${ids[4]}, 'never', now(), 'user')`.execute(database.db);
  const { operationId } = await startApproval(context, { selection: everybody, expect: 3, tier: 7000 });
  expect(await run(operationId)).toEqual([
    ["approved", 3],
    ["skipped:pinned", 1],
    ["skipped:protected", 1],
  ]);
  expect(await waiting()).toEqual([]);
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("a person's override of protection holds at approval, unless the contact has opted out since", async () => {
  const [known, later] = await buildContacts(database.db, context.accountId, 2);
  await optOut(known as string, "2026-11-01T12:00:00Z");
  const raise = { sourceType: "USER_SET", ids: [known, later] as string[], includeProtected: true } as const;
  await setMarketing(context, raise);
  const { contacts } = await listHeld(context, { limit: 50 });
  expect(contacts.find(({ id }) => id === known)?.consent).toMatchObject([
    { kind: "opt_out", protects: true },
  ]);
  await optOut(later as string, "2026-11-18T12:30:00Z");
  const selection = { ids: raise.ids };
  expect((await previewApproval(context, { selection })).groups).toEqual([
    { outcome: "approved", reason: "", contacts: 1 },
    { outcome: "skipped", reason: "protected", contacts: 1 },
  ]);
});

test("an approval is undone within the day, and the contacts wait again; the step stays", async () => {
  const { operationId } = await startApproval(context, { selection: everybody, expect: 5, tier: 7000 });
  await run(operationId);
  const undo = await undoOperation(context, { operationId });
  expect(await run(undo.operationId)).toEqual([["undone", 5]]);
  expect([await usage(), await waiting(), await tier()]).toEqual([2000, [3, 4, 0, 1, 2], 7000]);
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("declined contacts stay as they are and wait no longer; an undo brings them back", async () => {
  const selection = { ids: [ids[0], ids[3]] as string[] };
  const { operationId } = await startDecline(context, { selection });
  expect(await run(operationId)).toEqual([["declined", 2]]);
  expect([await usage(), await waiting()]).toEqual([2000, [4, 1, 2]]);
  await optOut(ids[0] as string);
  const undo = await undoOperation(context, { operationId });
  expect(await run(undo.operationId)).toEqual([
    ["changed_since", 1],
    ["held", 1],
  ]);
  expect(await waiting()).toEqual([3, 4, 1, 2]);
});

test("somebody who was decided on already is said to wait no longer", async () => {
  const selection = { ids: ids.slice(0, 1) };
  const approve = await startApproval(context, { selection, expect: 1, tier: 7000 });
  const decline = await startDecline(context, { selection });
  await run(decline.operationId);
  expect(await run(approve.operationId)).toEqual([["no_longer_held", 1]]);
  expect([await usage(), await tier()]).toEqual([2000, 2000]);
});
