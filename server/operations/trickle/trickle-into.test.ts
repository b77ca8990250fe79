import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account } from "#test/workflow.ts";
import { showOperation } from "../show-operation.ts";
import { undoOperation } from "../undo-operation.ts";
import { workOperation } from "../work-operation.ts";
import { trickleInto } from "./trickle-into.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const trickle = { kind: "set_marketing", of: "1:2026-11-18", sourceType: "WORKFLOW", sourceId: "1" };

/** Sets contacts as marketing as a workflow does; `then` happens before it is committed, the first time. */
function raise(context: Context, ids: readonly string[], then = async () => {}): Promise<string> {
  let next = then;
  return inTransaction(context, async (context) => {
    const { operationId } = await trickleInto(context, trickle, async (operationId) => {
      const change = { ids, operationId, sourceType: "WORKFLOW", sourceId: "1" } as const;
      const outcomes = await setMarketing(context, change);
      const now = next;
      next = async () => {};
      await now();
      return outcomes;
    });
    return operationId;
  });
}

it("begins another operation for what comes while the one of the day is taken back", async () => {
  const context = await account(database.db);
  const [first = "", second = ""] = await buildContacts(context.db, context.accountId, 2);
  const early = await raise(context, [first]);
  let undo = "";
  const late = await raise(context, [second], async () => {
    undo = (await undoOperation(context, { operationId: early })).operationId;
  });
  await workOperation(context, undo, () => {});
  expect(late).not.toBe(early);
  expect(await showOperation(context, { operationId: early })).toMatchObject({ total: 1 });
  expect(await showOperation(context, { operationId: late })).toMatchObject({
    total: 1,
    undo: { possible: true },
  });
  expect(await verifyAccount(context)).toMatchObject({ marketing: 1, differences: [] });
});

it("takes back also what was just coming in", async () => {
  const context = await account(database.db);
  const [first = "", second = ""] = await buildContacts(context.db, context.accountId, 2);
  const early = await raise(context, [first]);
  let undo: Promise<{ operationId: string }> | undefined;
  await inTransaction(context, async (coming) => {
    await raise(coming, [second]);
    undo = undoOperation(context, { operationId: early });
    await Promise.race([undo, isWaiting(context)]);
  });
  await workOperation(context, (await undo)?.operationId ?? "", () => {});
  expect(await showOperation(context, { operationId: early })).toMatchObject({ total: 2 });
  expect(await verifyAccount(context)).toMatchObject({ marketing: 0, differences: [] });
});

/** Until somebody waits for a lock. */
async function isWaiting({ db }: Context): Promise<void> {
  const waiting = async () => (await sql`select from pg_locks where not granted`.execute(db)).rows.length;
  await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThan(0);
}
