import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { removeStatus } from "../status/remove-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { undoStatus } from "../status/undo-status.ts";

// Who waits for whom at the guard, far from limit and maximum.

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const LARGE = 101;

async function roomy(contacts: number): Promise<{ context: Context; ids: string[] }> {
  const accountId = await buildAccount(database.db, { tier: 1_000_000, policy: "hold" });
  return {
    context: buildContext(database.db, { accountId }),
    ids: await buildContacts(database.db, accountId, contacts),
  };
}

/** Does the work in a transaction of its own, with the slot of this lane, and keeps it open until it is told. */
async function open(context: Context, lane: number, work: (context: Context) => Promise<unknown>) {
  const closing = new AbortController();
  const done = new AbortController();
  const ended = database.db.transaction().execute(async (db) => {
    await sql`select set_config('headroom.lane', ${String(lane)}, true)`.execute(db);
    await work({ ...context, db });
    done.abort();
    await aborted(closing);
  });
  return { worked: aborted(done), ended, close: () => closing.abort() };
}

/** Waits for the other side's sign. */
async function aborted({ signal }: AbortController): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
}

const raise = (context: Context, ids: readonly string[]) => setMarketing(context, { ...source, ids });

async function waiting(transactions: number): Promise<void> {
  for (;;) {
    const { rows } = await sql`select from pg_locks where not granted and locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`.execute(database.db);
    if (rows.length >= transactions) return;
    await sql`select pg_sleep(0.02)`.execute(database.db);
  }
}

test("a delete that waits for a raise has its turn before raises that come after it", async () => {
  const { context, ids } = await roomy(3);
  const [one = "", two = "", three = ""] = ids;
  const order: string[] = [];
  const first = await open(context, 0, (context) => raise(context, [one]));
  await first.worked;
  const removal = await open(context, 0, (context) =>
    removeStatus(context, { ...source, ids: [two], kind: "deleted" }),
  );
  void removal.worked.then(() => order.push("deleted"));
  await waiting(1);
  const second = await open(context, 1, (context) => raise(context, [three]));
  void second.worked.then(() => order.push("raised"));
  await waiting(2);
  first.close();
  await removal.worked;
  removal.close();
  await second.worked;
  second.close();
  await Promise.all([first.ended, removal.ended, second.ended]);
  expect(order).toEqual(["deleted", "raised"]);
});

test("large raises of one slot come one after the other, others and small ones do not wait for them", async () => {
  const { context, ids } = await roomy(3 * LARGE + 1);
  const part = (from: number) => ids.slice(from * LARGE, (from + 1) * LARGE);
  const first = await open(context, 0, (context) => raise(context, part(0)));
  await first.worked;
  const same = await open(context, 4, (context) => raise(context, part(1)));
  await waiting(1);
  const other = await open(context, 1, (context) => raise(context, part(2)));
  const small = await open(context, 4, (context) => raise(context, ids.slice(-1)));
  let isThrough = false;
  void same.worked.then(() => (isThrough = true));
  await Promise.all([other.worked, small.worked]);
  expect(isThrough).toBe(false);
  for (const { close } of [first, same, other, small]) close();
  await Promise.all([first, same, other, small].map(({ ended }) => ended));
});

test("who has the guard alone raises many without waiting for a slot, so nobody waits crosswise", async () => {
  const { context, ids } = await roomy(2 * LARGE);
  const alone = await open(context, 0, async (context) => {
    await lockGuard(context);
    await waiting(1);
    await raise(context, ids.slice(0, LARGE));
  });
  const large = await open(context, 0, (context) => raise(context, ids.slice(LARGE)));
  await alone.worked;
  alone.close();
  await large.worked;
  large.close();
  const [first] = await Promise.all([alone.ended, large.ended]);
  expect(first).toBeUndefined();
});

test.for([
  ["near a share that people are told of it waits for raises under way", 749_999, ["raised", "undone"]],
  ["far from every share it does not", 600_000, ["undone", "raised"]],
] as const)("an undo takes usage down: %s", async ([, standing, expected]) => {
  const { context, ids } = await roomy(2);
  const [one = "", two = ""] = ids;
  await setMarketing(context, { ...source, ids: [one], operationId: "7" });
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    values (${context.accountId}, 'infinity', 31, ${standing - 1})`.execute(database.db);
  const order: string[] = [];
  const raised = await open(context, 0, (context) => raise(context, [two]));
  await raised.worked;
  const undo = await open(context, 1, (context) =>
    undoStatus(context, { ...source, ids: [one], entry: { operationId: "7" } }),
  );
  void undo.ended.then(() => order.push("undone"));
  void raised.ended.then(() => order.push("raised"));
  if (expected[0] === "raised") await waiting(1);
  else await undo.worked;
  undo.close();
  if (expected[0] === "undone") await undo.ended;
  raised.close();
  await Promise.all([undo.ended, raised.ended]);
  expect(order).toEqual(expected);
  const { rows } = await sql<{ threshold: number }>`select threshold from limit_alert
    where account_id = ${context.accountId} and crossed_at is not null`.execute(database.db);
  expect(rows).toEqual(standing === 749_999 ? [{ threshold: 75 }] : []);
});
