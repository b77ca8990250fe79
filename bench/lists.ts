import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import type { Filter } from "#contract/filters.ts";
import { createList } from "#server/lists/definition/create-list.ts";
import { startAdding } from "#server/lists/members/start-change.ts";
import { previewList } from "#server/lists/overview/preview-list.ts";
import { showList } from "#server/lists/overview/show-list.ts";
import { keepLists, keepListsOf } from "#server/lists/upkeep/keep-lists.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";

// How soon lists are right while contacts change, how fast a new one is worked in, next to the bare statements.
const contacts = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);
const rate = Number(process.env["BENCH_CHANGES_PER_SECOND"] ?? 1_000);
const seconds = Number(process.env["BENCH_SECONDS"] ?? 30);
const WRITERS = 8;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

const all = (...conditions: [string, string, ...string[]][]): Filter => ({
  filterGroups: [
    {
      filters: conditions.map(([propertyName, operator, ...values]) => ({
        propertyName,
        operator: operator as "EQ",
        ...(values.length === 1 ? { value: values[0] as string } : { values }),
      })),
    },
  ],
});

/** Ten lists as people have them: columns, custom properties, status, relative dates, lists of lists. */
async function makeLists(context: Context): Promise<string[]> {
  const ids: string[] = [];
  const make = async (filter: Filter) => {
    const name = `List ${ids.length}`;
    const { list } = await createList(context, { name, type: "active", folderId: null, filter });
    ids.push(list.id);
  };
  await make(all(["city", "EQ", "Ystad"]));
  for (const stage of ["lead", "customer", "opportunity"]) {
    await make(all(["lifecyclestage", "EQ", stage], ["hs_marketable_status", "EQ", "true"]));
  }
  await make(all(["recent_conversion_date", "IN_LAST_DAYS", "90"]));
  await make(all(["vip", "EQ", "true"], ["country", "EQ", "Sweden"]));
  await make(all(["loyalty_points", "GT", "4000"]));
  await make(all(["email.problem", "HAS_PROPERTY"], ["city", "NEQ", "Ystad"]));
  await make(all(["lists", "NOT_IN_LIST", ids[0] as string], ["lifecyclestage", "EQ", "customer"]));
  await make(all(["lists", "IN_LIST", ids[0] as string], ["country", "EQ", "Sweden"]));
  return ids;
}

interface Freshness {
  readonly changes: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/**
 * Writers change single contacts, a transaction each, at the asked rate, while the worker's job runs every second as
 * it does for people. Freshness is the time from a commit to the commit of the membership that follows from it.
 */
async function measureFreshness(context: Context, pool: pg.Pool, listId: string): Promise<Freshness> {
  const { rows } = await sql<{
    id: string;
  }>`select id::text from contact where account_id = ${context.accountId}
    and city <> 'Ystad' order by hashint8(id) limit ${rate * seconds}`.execute(context.db);
  const committed = new Map<string, number>();
  const found: number[] = [];
  const ends = performance.now() + seconds * 1000;
  const finished = new AbortController();
  const worker = (async () => {
    while (!finished.signal.aborted) {
      await keepLists(context);
      await sleep(1_000);
    }
  })();
  const watcher = watch(pool, {
    accountId: context.accountId,
    listId,
    committed,
    found,
    signal: finished.signal,
  });
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let next = writer; next < rows.length && performance.now() < ends; next += WRITERS) {
        const due = begin + (next * 1000) / rate;
        if (due > performance.now() + 1) await sleep(due - performance.now());
        const { id } = rows[next] as { id: string };
        await pool.query(
          "update contact set city = 'Ystad', lastmodifieddate = now() where account_id = $1 and id = $2",
          [context.accountId, id],
        );
        committed.set(id, performance.now());
      }
    }),
  );
  const changes = committed.size + found.length;
  for (const last = performance.now() + 60_000; committed.size > 0 && performance.now() < last; )
    await sleep(100);
  finished.abort();
  await Promise.all([worker, watcher]);
  if (committed.size > 0) throw new Error(`${committed.size} changes never reached their list`);
  return { changes, p50: percentile(found, 0.5), p95: percentile(found, 0.95), max: percentile(found, 1) };
}

interface Watching {
  readonly accountId: string;
  readonly listId: string;
  readonly committed: Map<string, number>;
  readonly found: number[];
  readonly signal: AbortSignal;
}

/** Reads the outbox, as workflows will: whoever joined is in the list from then on. */
async function watch(
  pool: pg.Pool,
  { accountId, listId, committed, found, signal }: Watching,
): Promise<void> {
  let seen = "0";
  while (!signal.aborted) {
    const { rows } = await pool.query<{ id: string; ids: string[] }>(
      `select id::text, array(select jsonb_array_elements_text(details->'contactIds')) as ids from event
        where account_id = $1 and type = 'list.joined' and id > $2 and details->>'listId' = $3 order by id`,
      [accountId, seen, listId],
    );
    const now = performance.now();
    for (const { id, ids } of rows) {
      seen = id;
      for (const contactId of ids) {
        const at = committed.get(contactId);
        if (at === undefined) continue;
        committed.delete(contactId);
        found.push(Math.max(0, now - at));
      }
    }
    await sleep(100);
  }
}

/** The same rows put into a bare table with the same indexes, by one statement a range as the product does. */
async function bareInsert(owner: pg.Pool, accountId: string): Promise<number> {
  await owner.query("create table bare (like list_membership including all)");
  const taken = await timed(() =>
    owner.query(
      `insert into bare (account_id, contact_id, list_id, added_at, source_type, actor_type)
        select account_id, id, 1, now(), 'FILTER', 'system' from contact
        where account_id = $1 and deleted_at is null and hs_object_source is not null`,
      [accountId],
    ),
  );
  await owner.query("drop table bare");
  return taken;
}

async function buildOne(
  context: Context,
  filter: Filter,
): Promise<{ seconds: number; members: number; id: string }> {
  const { list } = await createList(context, {
    name: `Build ${Math.random()}`,
    type: "active",
    folderId: null,
    filter,
  });
  const taken = await timed(async () => {
    while (await keepListsOf(context));
  });
  const { members } = await showList(context, { listId: list.id });
  return { seconds: taken, members, id: list.id };
}

async function p95(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 40; i++) times.push((await timed(work)) * 1000);
  return percentile(times, 0.95);
}

async function massAdd(context: Context, filter: Filter): Promise<number> {
  const { list } = await createList(context, { name: "Static", type: "static", folderId: null });
  return timed(async () => {
    const selection = { filter, query: "" };
    const { operationId } = await startAdding(context, { listId: list.id, selection });
    await runOperation(context, { operationId });
  });
}

registerKinds();
const database = await openBenchDatabase();
try {
  const accountId = await generateContacts(database.owner, { contacts });
  const context = benchContext(database.db, accountId);
  const bare = await bareInsert(database.owner, accountId);
  const everybody = await buildOne(context, all(["hs_object_source", "HAS_PROPERTY"]));
  const lists = await makeLists(context);
  const building = await timed(async () => {
    while (await keepListsOf(context));
  });
  await database.owner.query("vacuum analyze list_membership");
  const preview = await p95(() =>
    previewList(context, { filter: all(["lifecyclestage", "EQ", "customer"], ["country", "EQ", "Sweden"]) }),
  );
  const adding = await massAdd(context, { filterGroups: [] });
  await keepLists(context);
  const freshness = await measureFreshness(context, database.pool, lists[0] as string);
  const perSecond = (taken: number) => Math.round(contacts / taken);
  console.log(
    JSON.stringify({
      contacts,
      bareInsertPerSecond: perSecond(bare),
      buildOfEverybodyPerSecond: perSecond(everybody.seconds),
      ratioToBareInsert: Number((bare / everybody.seconds).toFixed(2)),
      membersOfEverybody: everybody.members,
      tenListsBuiltSeconds: Number(building.toFixed(1)),
      previewP95Ms: preview,
      addToStaticPerSecond: perSecond(adding),
      changesPerSecond: Math.round(freshness.changes / seconds),
      freshnessP50Ms: freshness.p50,
      freshnessP95Ms: freshness.p95,
      freshnessMaxMs: freshness.max,
      memoryMb: Math.round(process.memoryUsage().rss / 1024 ** 2),
    }),
  );
} finally {
  await database.close();
}
