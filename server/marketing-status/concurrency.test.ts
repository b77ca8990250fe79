import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { removeStatus } from "./status/remove-status.ts";
import { setMarketing } from "./status/set-marketing.ts";
import { setNonMarketing } from "./status/set-non-marketing.ts";
import { verifyAccount } from "./verify/verify-account.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const CONTACTS = 400;
const WRITERS = 6;
const ROUNDS = 25;

test("tally, recount and ledger agree in every snapshot while writers run, and outcomes add up", async () => {
  const context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  const ids = await buildContacts(database.db, context.accountId, CONTACTS);
  const writing = new AbortController();
  const writers = Array.from({ length: WRITERS }, (_, seed) => write(context, ids, seed));
  const written = Promise.all(writers).finally(() => writing.abort());
  let snapshots = 0;
  for (; !writing.signal.aborted; snapshots++) {
    expect((await verifyAccount(context)).differences).toEqual([]);
  }
  const sums = (await written).flat();

  expect(snapshots).toBeGreaterThan(5);
  expect(sums.filter((sum) => sum !== 100)).toEqual([]);
  expect((await verifyAccount(context)).differences).toEqual([]);
}, 120_000);

/** Raises, lowers and deletes overlapping stretches, in an order of its own. Returns how many each round accounted for. */
async function write(context: Context, ids: string[], seed: number): Promise<number[]> {
  const sums: number[] = [];
  let random = seed + 1;
  const below = (limit: number) => {
    random = (random * 48_271) % 2_147_483_647;
    return random % limit;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const from = below(CONTACTS - 100);
    const some = ids.slice(from, from + 100);
    const act = [setMarketing, setNonMarketing, setMarketing, remove][below(4)] as typeof setMarketing;
    const outcomes = await act(context, { ...source, ids: some });
    sums.push(outcomes.reduce((sum, { contactIds }) => sum + contactIds.length, 0));
  }
  return sums;
}

const remove = async (context: Context, change: { ids: readonly string[] }) => {
  const few = change.ids.slice(0, 3);
  await inTransaction(context, async (context) => {
    await removeStatus(context, { ...source, ids: few, kind: "deleted" });
    await sql`update contact set deleted_at = now() where account_id = ${context.accountId}
      and id = any(${few}::bigint[]) and deleted_at is null`.execute(context.db);
  });
  return [{ outcome: "removed", contactIds: change.ids }];
};
