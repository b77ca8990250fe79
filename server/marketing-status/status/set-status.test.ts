import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { selectUsage } from "../usage/queries.ts";
import { mergeStatus } from "./merge-status.ts";
import { removeStatus } from "./remove-status.ts";
import { setMarketing } from "./set-marketing.ts";
import { setNonMarketing } from "./set-non-marketing.ts";
import { settleDueChanges } from "./settle-due-changes.ts";
import { undoStatus } from "./undo-status.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const november = new Date("2026-11-18T10:00:00Z");
/** 1 December, 00:00 in Stockholm. */
const update = new Date("2026-11-30T23:00:00Z");

async function account(at = november): Promise<Context> {
  const accountId = await buildAccount(database.db);
  return buildContext(database.db, { accountId, clock: fixedClock(at) });
}

const at = (context: Context, instant: Date): Context => ({ ...context, clock: fixedClock(instant) });
const later = (instant: Date, seconds: number) => new Date(instant.getTime() + seconds * 1000);

function counts(outcomes: Outcome[]): Record<string, number> {
  return Object.fromEntries(
    outcomes.map(({ outcome, reason, contactIds }) => [
      reason ? `${outcome}:${reason}` : outcome,
      contactIds.length,
    ]),
  );
}

async function ledger(context: Context, contactId: string): Promise<{ kind: string; delta: number }[]> {
  const { rows } = await sql<{ kind: string; delta: number }>`select kind, delta from marketing_change
    where account_id = ${context.accountId} and contact_id = ${contactId} order by id`.execute(context.db);
  return rows;
}

const usage = async (context: Context, instant = november) => selectUsage(context, instant);

test("a raise counts at once, a lowering only from the update instant on", async () => {
  const context = await account();
  const ids = await buildContacts(database.db, context.accountId, 3);

  expect(counts(await setMarketing(context, { ids, ...source }))).toEqual({ set_marketing: 3 });
  expect(await usage(context)).toEqual({ marketing: 3, waiting: 0 });

  const [first] = ids as [string];
  expect(counts(await setNonMarketing(context, { ids: [first], ...source }))).toEqual({ scheduled: 1 });
  expect(await usage(context)).toEqual({ marketing: 3, waiting: 1 });
  expect(await usage(context, later(update, -1))).toEqual({ marketing: 3, waiting: 1 });
  expect(await usage(context, update)).toEqual({ marketing: 2, waiting: 0 });
});

test("outcomes split the selection and add up", async () => {
  const context = await account();
  const [raised, waiting, never, gone] = (await buildContacts(database.db, context.accountId, 4)) as [
    string,
    string,
    string,
    string,
  ];
  await setMarketing(context, { ids: [raised, waiting], ...source });
  await setNonMarketing(context, { ids: [waiting], ...source });
  await sql`update contact set deleted_at = now() where account_id = ${context.accountId} and id = ${gone}`.execute(
    database.db,
  );

  const outcomes = await setNonMarketing(context, { ids: [raised, waiting, never, gone], ...source });
  expect(counts(outcomes)).toEqual({
    scheduled: 1,
    already_waiting: 1,
    already_non_marketing: 1,
    missing: 1,
  });
});

test("pins and protection hold contacts back, each in its direction", async () => {
  const context = await account();
  const [always, never, bounced] = (await buildContacts(database.db, context.accountId, 3)) as [
    string,
    string,
    string,
  ];
  await setMarketing(context, { ids: [always], ...source });
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type) values
    (${context.accountId}, ${always}, 'always', now(), 'system'),
    (${context.accountId}, ${never}, 'never', now(), 'system')`.execute(database.db);
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    values (${context.accountId}, ${bounced}, 'bounce', now(), 'USER_SET', 'user', true)`.execute(
    database.db,
  );

  const ids = [always, never, bounced];
  expect(counts(await setMarketing(context, { ids, ...source }))).toEqual({
    already_marketing: 1,
    "skipped:pinned": 1,
    "skipped:protected": 1,
  });
  expect(counts(await setMarketing(context, { ids, ...source, includeProtected: true }))).toEqual({
    already_marketing: 1,
    "skipped:pinned": 1,
    set_marketing: 1,
  });
  expect(counts(await setNonMarketing(context, { ids, ...source }))).toEqual({
    "skipped:pinned": 1,
    already_non_marketing: 1,
    scheduled: 1,
  });
});

test("an expired contact is settled before it is raised again, each with its own entry", async () => {
  const context = await account();
  const [id] = (await buildContacts(database.db, context.accountId, 1)) as [string];
  await setMarketing(context, { ids: [id], ...source });
  await setNonMarketing(context, { ids: [id], ...source });

  const december = at(context, later(update, 60));
  expect(counts(await setMarketing(december, { ids: [id], ...source }))).toEqual({ set_marketing: 1 });
  expect(await ledger(context, id)).toEqual([
    { kind: "set_marketing", delta: 1 },
    { kind: "scheduled", delta: 0 },
    { kind: "became_non_marketing", delta: -1 },
    { kind: "set_marketing", delta: 1 },
  ]);
});

test("settling runs once, however late and however often", async () => {
  const context = await account();
  const ids = await buildContacts(database.db, context.accountId, 5);
  await setMarketing(context, { ids, ...source });
  await setNonMarketing(context, { ids: ids.slice(0, 3), ...source });

  const muchLater = at(context, later(update, 40 * 86_400));
  await Promise.all([settleDueChanges(muchLater), settleDueChanges(muchLater)]);
  await settleDueChanges(muchLater);

  const { rows } = await sql<{
    effective: Date;
    n: number;
  }>`select effective_at as effective, count(*)::int as n
    from marketing_change where account_id = ${context.accountId} and kind = 'became_non_marketing'
    group by 1`.execute(database.db);
  expect(rows).toEqual([{ effective: update, n: 3 }]);
  expect(await usage(context, later(update, 1))).toEqual({ marketing: 2, waiting: 0 });
});

test("a raise is undone within the day as if it never happened, later it is scheduled", async () => {
  const context = await account();
  const [soon, late, changed] = (await buildContacts(database.db, context.accountId, 3)) as [
    string,
    string,
    string,
  ];
  await setMarketing(context, { ids: [soon, late, changed], ...source, operationId: "7" });
  await setNonMarketing(context, { ids: [changed], ...source });

  const undo = { ...source, entry: { operationId: "7" } };
  const hours = at(context, later(november, 3600 * 2));
  expect(counts(await undoStatus(hours, { ...undo, ids: [soon, changed] }))).toEqual({
    undone: 1,
    changed_since: 1,
  });
  const days = at(context, later(november, 86_400 * 3));
  expect(counts(await undoStatus(days, { ...undo, ids: [late] }))).toEqual({ scheduled: 1 });
  expect(await usage(days)).toEqual({ marketing: 2, waiting: 2 });
});

test("a lowering is undone before the instant, and raised again after it", async () => {
  const context = await account();
  const [before, after] = (await buildContacts(database.db, context.accountId, 2)) as [string, string];
  await setMarketing(context, { ids: [before, after], ...source });
  await setNonMarketing(context, { ids: [before, after], ...source, operationId: "9" });

  const undo = { ...source, entry: { operationId: "9" } };
  expect(counts(await undoStatus(context, { ...undo, ids: [before] }))).toEqual({ unscheduled: 1 });
  const december = at(context, later(update, 60));
  expect(counts(await undoStatus(december, { ...undo, ids: [after] }))).toEqual({ set_marketing: 1 });
});

test("deleting counts down once; merging keeps the later date and one count", async () => {
  const context = await account();
  const [deleted, survivor, loser] = (await buildContacts(database.db, context.accountId, 3)) as [
    string,
    string,
    string,
  ];
  await setMarketing(context, { ids: [deleted, survivor, loser], ...source });
  await setNonMarketing(context, { ids: [survivor], ...source });

  await removeStatus(context, { ids: [deleted, deleted], kind: "deleted", ...source });
  expect(await usage(context)).toEqual({ marketing: 2, waiting: 1 });
  await mergeStatus(context, { survivorId: survivor, loserId: loser, ...source });
  expect(await usage(context)).toEqual({ marketing: 1, waiting: 0 });
  expect((await ledger(context, survivor)).at(-1)).toEqual({ kind: "merged", delta: 0 });
  expect((await ledger(context, loser)).at(-1)).toEqual({ kind: "merged", delta: -1 });
});

test("a foreign contact is simply missing", async () => {
  const mine = await account();
  const theirs = await account();
  const ids = await buildContacts(database.db, theirs.accountId, 2);
  expect(counts(await setMarketing(mine, { ids, ...source }))).toEqual({ missing: 2 });
  expect(await usage(theirs)).toEqual({ marketing: 0, waiting: 0 });
});
