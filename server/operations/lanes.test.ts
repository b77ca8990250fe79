import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operationKinds } from "#server/marketing-status/bulk/operation-kinds.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { type OperationKind, operationKind, registerOperationKinds } from "./operation-kind.ts";
import { runOperation } from "./run-operation.ts";
import { showOperation } from "./show-operation.ts";

const PEOPLE = 41_000;

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  registerOperationKinds(operationKinds);
});
afterAll(() => database.close());

async function raiseAll(people = PEOPLE): Promise<{ context: Context; operationId: string }> {
  const context = buildContext(database.db, {
    accountId: await buildAccount(database.db, { tier: 100_000 }),
  });
  await buildContacts(database.db, context.accountId, people);
  const { operationId } = await startStatus(context, {
    selection: { filter: { filterGroups: [] }, query: "" },
    to: "marketing",
    includeProtected: false,
    expect: people,
  });
  return { context, operationId };
}

/** Follows how many chunks are in hand at the same moment. */
function watched(kind: OperationKind): { kind: OperationKind; most: () => number } {
  let [now, most] = [0, 0];
  return {
    most: () => most,
    kind: {
      ...kind,
      async runChunk(context, chunk) {
        most = Math.max(most, ++now);
        try {
          return await kind.runChunk(context, chunk);
        } finally {
          now--;
        }
      },
    },
  };
}

/** A runner that sleeps in the middle of its first chunk, past its lease. */
async function asleep(context: Context, operationId: string, kind: OperationKind) {
  const [sleeping, woken] = [new AbortController(), new AbortController()];
  registerOperationKinds([
    {
      ...kind,
      async runChunk(context, chunk) {
        sleeping.abort();
        await aborted(woken);
        return kind.runChunk(context, chunk);
      },
    },
  ]);
  const late = runOperation(context, { operationId });
  await aborted(sleeping);
  await sql`update operation set lease_until = clock_timestamp() where id = ${operationId}`.execute(
    database.db,
  );
  return { late, wake: () => woken.abort() };
}

const isDone = { state: "done", done: PEOPLE, outcomes: [{ outcome: "set_marketing", contacts: PEOPLE }] };

test("chunks of a large operation are worked side by side, and outcomes, ledger and tally agree", async () => {
  const { context, operationId } = await raiseAll();
  const raising = operationKind("set_marketing");
  const { kind, most } = watched(raising);
  registerOperationKinds([kind]);
  const told: number[] = [];
  await runOperation(context, { operationId, onProgress: (done) => told.push(done) });
  registerOperationKinds([raising]);

  expect(most()).toBe(2);
  expect(told.toSorted((a, b) => a - b)).toEqual([...new Set(told)].toSorted((a, b) => a - b));
  expect(Math.max(...told)).toBe(PEOPLE);
  expect(await showOperation(context, { operationId })).toMatchObject(isDone);
  expect(await verifyAccount(context)).toMatchObject({ differences: [], marketing: PEOPLE, ledger: PEOPLE });
});

test("a kind may ask for its chunks in order", async () => {
  const { context, operationId } = await raiseAll();
  const raising = operationKind("set_marketing");
  const { kind, most } = watched(raising);
  registerOperationKinds([{ ...kind, inOrder: () => Promise.resolve(true) }]);
  await runOperation(context, { operationId });
  registerOperationKinds([raising]);
  expect(most()).toBe(1);
  expect(await showOperation(context, { operationId })).toMatchObject(isDone);
});

test("a runner that sleeps past its lease in the middle of a chunk loses it, and nobody counts twice", async () => {
  const { context, operationId } = await raiseAll();
  const raising = operationKind("set_marketing");
  const { late, wake } = await asleep(context, operationId, raising);
  registerOperationKinds([raising]);
  const successor = runOperation(context, { operationId });
  await untilDone(context, operationId, PEOPLE - 10_000);
  wake();
  await Promise.all([late, successor]);
  expect(await showOperation(context, { operationId })).toMatchObject(isDone);
  expect(await verifyAccount(context)).toMatchObject({ differences: [], marketing: PEOPLE, ledger: PEOPLE });
});

test("chunks in order stay in order when the runner of the first one is taken over in the middle of it", async () => {
  const { context, operationId } = await raiseAll(21_000);
  const raising = operationKind("set_marketing");
  const worked: number[] = [];
  const inOrder = { ...raising, inOrder: () => Promise.resolve(true) };
  const { late, wake } = await asleep(context, operationId, inOrder);
  registerOperationKinds([
    {
      ...inOrder,
      runChunk(context, chunk) {
        worked.push(chunk.number);
        return raising.runChunk(context, chunk);
      },
    },
  ]);
  const successor = runOperation(context, { operationId });
  const isWaiting = async () => (await sql`select from pg_locks where not granted`.execute(database.db)).rows;
  while (worked.length === 0 && (await isWaiting()).length === 0)
    await sql`select pg_sleep(0.02)`.execute(database.db);
  wake();
  await Promise.all([late, successor]);
  registerOperationKinds([raising]);
  expect(worked).toEqual([0, 1, 2]);
  expect(await showOperation(context, { operationId })).toMatchObject({ state: "done", done: 21_000 });
});

async function untilDone(context: Context, operationId: string, contacts: number): Promise<void> {
  for (;;) {
    const { done } = await showOperation(context, { operationId });
    if (done >= contacts) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits for the other side's sign. */
async function aborted({ signal }: AbortController): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
}
