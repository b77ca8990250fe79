import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operationKinds } from "#server/marketing-status/bulk/operation-kinds.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { cancelOperation } from "./cancel-operation.ts";
import { operationKind, registerOperationKinds } from "./operation-kind.ts";
import { claim, renewLease } from "./queries.ts";
import { runOperation } from "./run-operation.ts";
import { listOperationContacts, listOperations, showOperation } from "./show-operation.ts";
import { startOperation } from "./start-operation.ts";
import { sweepOperations } from "./sweep-operations.ts";
import { undoOperation } from "./undo-operation.ts";

const everybody = { filter: { filterGroups: [] }, query: "" };
const PEOPLE = 25_000;

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  registerOperationKinds(operationKinds);
});
afterAll(() => database.close());

async function account(contacts: number): Promise<Context> {
  const context = buildContext(database.db, {
    accountId: await buildAccount(database.db, { tier: 100_000 }),
  });
  await buildContacts(database.db, context.accountId, contacts);
  return context;
}

const raise = (context: Context, expected: number) =>
  startStatus(context, { selection: everybody, to: "marketing", includeProtected: false, expect: expected });

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? [error.code, error.reason] : error),
  );

test("the scope is fixed when it is confirmed: who joins later is not touched", async () => {
  const context = await account(3);
  const { operationId } = await raise(context, 3);
  await buildContacts(database.db, context.accountId, 2);
  await runOperation(context, { operationId });

  expect(await showOperation(context, { operationId })).toMatchObject({
    state: "done",
    total: 3,
    done: 3,
    outcomes: [{ outcome: "set_marketing", reason: "", contacts: 3 }],
    undo: { possible: true, contacts: 3, raises: false },
  });
});

test("a number that is no longer true is refused with the true one, and nothing is left behind", async () => {
  const context = await account(4);
  expect(await refusal(raise(context, 3))).toEqual(["count_changed", "operations:count_changed"]);
  expect((await listOperations(context, { limit: 10 })).operations).toEqual([]);
});

test("a runner that loses its lease in the middle is taken over, and every contact is done once", async () => {
  const context = await account(PEOPLE);
  const { operationId } = await raise(context, PEOPLE);
  await dieAfterFirstChunk(context, operationId);
  expect(await showOperation(context, { operationId })).toMatchObject({ state: "running", done: 10_000 });

  const [before] = (
    await sql<{ attempt: number }>`select attempt from operation where id = ${operationId}`.execute(
      context.db,
    )
  ).rows;
  await runOperation(context, { operationId });
  expect(await showOperation(context, { operationId })).toMatchObject({ done: 10_000 });

  await sql`update operation set lease_until = clock_timestamp() where id = ${operationId}`.execute(
    context.db,
  );
  await runOperation(context, { operationId });
  expect(before).toEqual({ attempt: 1 });
  expect(await showOperation(context, { operationId })).toMatchObject({
    state: "done",
    done: PEOPLE,
    outcomes: [{ outcome: "set_marketing", contacts: PEOPLE }],
  });
  expect(await verifyAccount(context)).toMatchObject({ differences: [], marketing: PEOPLE, ledger: PEOPLE });
});

/** Works as a process that is killed: its second chunk never commits, and its lease stays. */
async function dieAfterFirstChunk(context: Context, operationId: string): Promise<void> {
  const kind = operationKind("set_marketing");
  let chunks = 0;
  registerOperationKinds([
    {
      ...kind,
      runChunk: (context, chunk) =>
        chunks++ === 0 ? kind.runChunk(context, chunk) : Promise.reject(new Error("killed")),
    },
  ]);
  await runOperation(context, { operationId }).catch(() => {});
  registerOperationKinds([kind]);
  await sql`update operation set lease_until = clock_timestamp() + interval '45 seconds'
    where id = ${operationId}`.execute(context.db);
}

test("a late runner sees that another has taken over", async () => {
  const context = await account(1);
  const { operationId } = await raise(context, 1);
  const first = await claim(context, operationId);
  await sql`update operation set lease_until = clock_timestamp() - interval '1 second' where id = ${operationId}`.execute(
    context.db,
  );
  const second = await claim(context, operationId);

  expect(first && (await renewLease(context, first))).toBeUndefined();
  expect(second && (await renewLease(context, second))).toBeDefined();
});

test("the sweeper gives an abandoned operation a job, and leaves a living one alone", async () => {
  const context = await account(2);
  const { operationId } = await raise(context, 2);
  const jobs = () =>
    sql<{ payload: unknown }>`select payload from graphile_worker._private_jobs
      where payload ->> 'operationId' = ${operationId}`.execute(context.db);
  await sql`delete from graphile_worker._private_jobs`.execute(context.db);

  await claim(context, operationId);
  await sweepOperations(context);
  expect((await jobs()).rows).toEqual([]);
  await sql`update operation set lease_until = clock_timestamp() - interval '1 second' where id = ${operationId}`.execute(
    context.db,
  );
  await sweepOperations(context);
  expect((await jobs()).rows).toHaveLength(1);
});

test("cancelling keeps what is done, says what was not reached, and can be undone", async () => {
  const context = await account(PEOPLE);
  const { operationId } = await raise(context, PEOPLE);
  await runOperation(context, {
    operationId,
    onProgress: (done) => void (done === 10_000 && cancelOperation(context, { operationId })),
  });
  const cancelled = await showOperation(context, { operationId });
  expect(cancelled.state).toBe("cancelled");
  expect(cancelled.done).toBeLessThan(PEOPLE);
  expect(await refusal(cancelOperation(context, { operationId }))).toEqual([
    "conflict",
    "operations:already_finished",
  ]);

  const undo = await undoOperation(context, { operationId });
  await runOperation(context, undo);
  expect(await showOperation(context, undo)).toMatchObject({
    state: "done",
    outcomes: [{ outcome: "undone", contacts: cancelled.done }],
  });
  expect(await verifyAccount(context)).toMatchObject({ differences: [], marketing: 0 });
});

test("an undo takes back only what nothing has changed since, once, and within 90 days", async () => {
  const context = await account(3);
  const { operationId } = await raise(context, 3);
  expect(await refusal(undoOperation(context, { operationId }))).toEqual([
    "conflict",
    "operations:undo_not_finished",
  ]);
  await runOperation(context, { operationId });
  const { contacts } = await listOperationContacts(context, {
    operationId,
    limit: 1,
    outcome: "set_marketing",
  });
  await sql`update marketing_contact set until = until where account_id = ${context.accountId}`.execute(
    context.db,
  );
  const lowered = await startStatus(context, {
    selection: { ids: contacts.map(({ id }) => id) },
    to: "non_marketing",
    includeProtected: false,
    expect: 1,
  });
  await runOperation(context, lowered);

  const old = { ...context, clock: fixedClock(new Date(Date.now() + 91 * 86_400_000)) };
  expect(await refusal(undoOperation(old, { operationId }))).toEqual(["conflict", "operations:undo_too_old"]);
  const undo = await undoOperation(context, { operationId });
  await runOperation(context, undo);
  expect((await showOperation(context, undo)).outcomes).toEqual([
    { outcome: "changed_since", reason: "", contacts: 1 },
    { outcome: "undone", reason: "", contacts: 2 },
  ]);
  expect(await refusal(undoOperation(context, { operationId }))).toEqual([
    "conflict",
    "operations:undo_undone",
  ]);
});

test("past the update an undone lowering is a raise, and asks for its number", async () => {
  const context = await account(2);
  await runOperation(context, await raise(context, 2));
  const lowered = await startStatus(context, {
    selection: everybody,
    to: "non_marketing",
    includeProtected: false,
    expect: 2,
  });
  await runOperation(context, lowered);

  const later = { ...context, clock: fixedClock(new Date(Date.now() + 40 * 86_400_000)) };
  expect(await refusal(undoOperation(later, lowered))).toEqual([
    "invalid_input",
    "operations:undo_needs_expect",
  ]);
  const undo = await undoOperation(later, { ...lowered, expect: 2 });
  await runOperation(later, undo);
  expect((await showOperation(later, undo)).outcomes).toEqual([
    { outcome: "set_marketing", reason: "", contacts: 2 },
  ]);
});

test("somebody else without the permission may look but not undo", async () => {
  const context = await account(1);
  const { operationId } = await raise(context, 1);
  await runOperation(context, { operationId });
  const viewer = {
    ...context,
    actor: { ...context.actor, id: "2", permissions: new Set(["contacts.view" as const]) },
  };

  expect(await showOperation(viewer, { operationId })).toMatchObject({
    undo: { possible: false, reason: "not_allowed" },
  });
  expect(await refusal(undoOperation(viewer, { operationId }))).toEqual([
    "conflict",
    "operations:undo_not_allowed",
  ]);
  const stranger = { ...context, accountId: await buildAccount(database.db, { tier: 100_000 }) };
  expect(await refusal(showOperation(stranger, { operationId }))).toEqual([
    "not_found",
    "operations:not_found",
  ]);
});

test("an operation about nobody is done at once", async () => {
  const context = await account(0);
  const scope = sql`select 1::bigint as id where false`;
  const { operationId, total } = await startOperation(context, {
    kind: "set_marketing",
    scope,
    sourceType: "USER_SET",
  });
  expect(total).toBe(0);
  expect(await showOperation(context, { operationId })).toMatchObject({
    state: "done",
    undo: { possible: false, reason: "nothing_changed" },
  });
});

test("a chunk that keeps failing ends the operation visibly", async () => {
  const context = await account(1);
  const { operationId } = await raise(context, 1);
  const kind = operationKind("set_marketing");
  registerOperationKinds([{ ...kind, runChunk: () => Promise.reject(new Error("disk on fire")) }]);
  for (let attempt = 0; attempt < 10; attempt++) {
    await sql`update operation set lease_until = null where id = ${operationId}`.execute(context.db);
    await runOperation(context, { operationId }).catch(() => {});
  }
  registerOperationKinds([kind]);
  expect(await showOperation(context, { operationId })).toMatchObject({
    state: "failed",
    failure: "disk on fire",
    done: 0,
  });
});

test("contacts raised by other ways meanwhile are counted as what they are", async () => {
  const context = await account(2);
  const { operationId } = await raise(context, 2);
  const { rows } = await sql<{
    id: string;
  }>`select id from contact where account_id = ${context.accountId} limit 1`.execute(context.db);
  await setMarketing(context, { ids: rows.map(({ id }) => id), sourceType: "USER_SET" });
  await runOperation(context, { operationId });
  expect((await showOperation(context, { operationId })).outcomes).toEqual([
    { outcome: "already_marketing", reason: "", contacts: 1 },
    { outcome: "set_marketing", reason: "", contacts: 1 },
  ]);
});
