import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { connect, createPool, type Database } from "#server/platform/database.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { mergeStatus } from "../status/merge-status.ts";
import { removeStatus } from "../status/remove-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { undoStatus } from "../status/undo-status.ts";
import { selectUsage } from "../usage/queries.ts";
import { verifyAccount } from "../verify/verify-account.ts";

// Fifty connections of their own, each of which begins its transaction at once.

const WRITERS = 50;
const source = { sourceType: "USER_SET" } as const;

let database: FreshDatabase;
let crowd: Database;
beforeAll(async () => {
  database = await freshDatabase();
  crowd = connect(createPool({ url: database.url, max: WRITERS }));
  await Promise.all(Array.from({ length: WRITERS }, () => sql`select pg_sleep(0.2)`.execute(crowd)));
});
afterAll(async () => {
  await crowd.destroy();
  await database.close();
});

interface Crowded {
  readonly context: Context;
  readonly ids: string[];
}

async function crowded(limits: Parameters<typeof buildAccount>[1], contacts: number): Promise<Crowded> {
  const accountId = await buildAccount(database.db, limits);
  return {
    context: buildContext(crowd, { accountId }),
    ids: await buildContacts(database.db, accountId, contacts),
  };
}

/** Everybody raises their own stretch, some contacts at a time, and counts what became of them. */
async function raiseTogether({ context, ids }: Crowded): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const own = Math.ceil(ids.length / WRITERS);
  const write = async (writer: number) => {
    const mine = ids.slice(writer * own, (writer + 1) * own);
    for (let at = 0; at < mine.length; at += 7) {
      for (const { outcome, contactIds } of await setMarketing(context, {
        ...source,
        ids: mine.slice(at, at + 7),
      })) {
        counts.set(outcome, (counts.get(outcome) ?? 0) + contactIds.length);
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return counts;
}

const usage = async (context: Context) => (await selectUsage(context, new Date())).marketing;

test("fifty writers at a maximum of 1,000 leave exactly 1,000", async () => {
  const all = await crowded({ counting: "count", maximum: 1000 }, 1500);
  const counts = await raiseTogether(all);
  expect(await usage(all.context)).toBe(1000);
  expect(Object.fromEntries(counts)).toEqual({ set_marketing: 1000, held: 500 });
  expect((await verifyAccount(all.context)).differences).toEqual([]);
}, 120_000);

test("fifty writers at a limit of 1,000 that holds leave exactly 1,000 and hold the rest", async () => {
  const all = await crowded({ tier: 1000, policy: "hold" }, 1500);
  const counts = await raiseTogether(all);
  expect(await usage(all.context)).toBe(1000);
  expect(Object.fromEntries(counts)).toEqual({ set_marketing: 1000, held: 500 });
  expect((await verifyAccount(all.context)).differences).toEqual([]);
}, 120_000);

test("fifty writers that move up never pass the maximum, and each tier is moved to once", async () => {
  const all = await crowded({ tier: 300, policy: "move_up", maximum: 1000 }, 1500);
  await raiseTogether(all);
  expect(await usage(all.context)).toBe(1000);
  const { rows } = await sql<{ to: number }>`select tier_after as to from tier_change
    where account_id = ${all.context.accountId} order by id`.execute(database.db);
  expect(rows).toEqual([{ to: 2000 }]);
}, 120_000);

test("raises, lowerings, undos, deletes and merges together neither pass the maximum nor block each other", async () => {
  const MAXIMUM = 200;
  const all = await crowded({ tier: 250, policy: "hold", maximum: MAXIMUM }, 600);
  const watching = new AbortController();
  const writing = Promise.all(Array.from({ length: 20 }, (_, writer) => mingle(all, writer))).finally(() =>
    watching.abort(),
  );
  while (!watching.signal.aborted) expect(await usage(all.context)).toBeLessThanOrEqual(MAXIMUM);
  await writing;
  expect((await verifyAccount(all.context)).differences).toEqual([]);
}, 120_000);

async function mingle({ context, ids }: Crowded, writer: number): Promise<void> {
  let random = writer + 1;
  const below = (limit: number) => {
    random = (random * 48_271) % 2_147_483_647;
    return random % limit;
  };
  for (let round = 0; round < 15; round++) {
    const from = below(ids.length - 30);
    const some = ids.slice(from, from + 30);
    const operationId = String(below(50) + 1);
    const doing = below(8);
    if (doing < 4) await setMarketing(context, { ...source, ids: some, operationId });
    else if (doing === 4) await setNonMarketing(context, { ...source, ids: some, operationId });
    else if (doing === 5) await undoStatus(context, { ...source, ids: some, entry: { operationId } });
    else if (doing === 6) await remove(context, some.slice(0, 3));
    else await merge(context, some);
  }
}

const living = ({ accountId }: Context, ids: readonly string[]) => sql<{ id: string }>`select id from contact
  where account_id = ${accountId} and id = any(${ids}::bigint[]) and deleted_at is null order by id for update`;

const remove = (context: Context, ids: readonly string[]) =>
  inTransaction(context, async (context) => {
    const found = (await living(context, ids).execute(context.db)).rows.map(({ id }) => id);
    await sql`update contact set deleted_at = now() where account_id = ${context.accountId}
      and id = any(${found}::bigint[])`.execute(context.db);
    await removeStatus(context, { ...source, ids: found, kind: "deleted" });
  });

const merge = (context: Context, [survivorId = "", loserId = ""]: readonly string[]) =>
  inTransaction(context, async (context) => {
    const found = await living(context, [survivorId, loserId]).execute(context.db);
    if (found.rows.length < 2) return;
    await mergeStatus(context, { ...source, survivorId, loserId });
    await sql`delete from contact where account_id = ${context.accountId} and id = ${loserId}`.execute(
      context.db,
    );
  });
