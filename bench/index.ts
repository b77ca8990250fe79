import { performance } from "node:perf_hooks";
import type pg from "pg";
import type { Condition, Filter, Selection } from "#contract/filters.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { searchContacts } from "#server/contacts/index/search-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";

// How fast the contacts index answers, next to the least SQL that answers the same question in the same run.
const contacts = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 20);
const columns = [
  "email",
  "firstname",
  "lastname",
  "hs_marketable_status",
  "hs_object_source",
  "lifecyclestage",
  "createdate",
];

const everybody: Filter = { filterGroups: [] };
const where = (...filters: Filter["filterGroups"][number]["filters"]): Filter => ({
  filterGroups: [{ filters }],
});
const stage = { propertyName: "lifecyclestage", operator: "EQ", value: "lead" } as const;
const country = { propertyName: "country", operator: "EQ", value: "sweden" } as const;
const language = {
  propertyName: "hs_language",
  operator: "IN" as const,
  values: ["sv", "pl"],
} satisfies Condition;
const marketing = { propertyName: "hs_marketable_status", operator: "EQ", value: "true" } as const;
const waiting = { propertyName: "hs_marketable_until_renewal", operator: "EQ", value: "true" } as const;
const created = { propertyName: "createdate", operator: "IN_LAST_DAYS", value: "365" } as const;

interface Times {
  readonly p50: number;
  readonly p95: number;
}

/** Milliseconds of many askings, after one that warms up. */
async function time(ask: (round: number) => Promise<unknown>): Promise<Times> {
  await ask(0);
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await ask(round);
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round((taken[Math.ceil(share * ROUNDS) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}

const count = (context: Context, filter: Filter, query = "") =>
  time(() => countContacts(context, { filter, query }));

const page = (context: Context, asked: Partial<Extract<Selection, { filter: Filter }>>, after?: string) =>
  time(() =>
    searchContacts(context, {
      filter: everybody,
      query: "",
      limit: 100,
      properties: columns,
      ...asked,
      ...(after !== undefined && { after }),
    }),
  );

/** A place in the middle of all contacts, as somebody reaches who scrolls for a long time. */
async function deepCursor(context: Context): Promise<string> {
  const { contacts: middle } = await searchContacts(context, {
    filter: where({
      propertyName: "createdate",
      operator: "LT",
      value: new Date(Date.now() - 700 * 86_400_000).toISOString(),
    }),
    query: "",
    limit: 2,
    properties: ["createdate"],
  });
  const { id = "1", properties = {} } = middle[0] ?? {};
  return Buffer.from(JSON.stringify(["createdate", "desc", properties["createdate"], id])).toString(
    "base64url",
  );
}

/** In a kept folder (`BENCH_DATA`) the contacts of an earlier run, which reading has not changed. */
async function findAccount(owner: pg.Pool): Promise<string | undefined> {
  const { rows } = await owner.query<{ id: string }>(
    "select account_id as id from contact_tally group by 1 having sum(contacts) = $1 limit 1",
    [contacts],
  );
  return rows[0]?.id;
}

const database = await openBenchDatabase();
const accountId =
  (await findAccount(database.owner)) ?? (await generateContacts(database.owner, { contacts }));
const context = benchContext(database.db, accountId);
const raw = (sql: string) => time(() => database.pool.query(sql, [accountId]));
const baseCount = "select count(*) from contact where account_id = $1 and deleted_at is null";
const result = {
  contacts,
  unit: "ms",
  baseline: {
    countTwoConditions: await raw(`${baseCount} and lifecyclestage = 'lead' and country = 'Sweden'`),
    page: await raw(
      "select * from contact where account_id = $1 and deleted_at is null order by createdate desc, id desc limit 100",
    ),
  },
  count: {
    everybody: await count(context, everybody),
    status: await count(context, where(marketing)),
    stageAndCountry: await count(context, where(stage, country)),
    stageAndLanguage: await count(context, where(stage, language)),
    stageAndCreated: await count(context, where(stage, created)),
    stageAndMarketing: await count(context, where(stage, marketing)),
  },
  page: {
    newest: await page(context, {}),
    deep: await page(context, {}, await deepCursor(context)),
    twoConditions: await page(context, { filter: where(stage, country) }),
    marketing: await page(context, { filter: where(marketing) }),
    waiting: await page(context, { filter: where(waiting) }),
  },
  search: {
    threeLetters: await page(context, { query: "and" }),
    twoWords: await page(context, { query: "lukasz kowalski" }),
    address: await page(context, { query: "zofia.koralin" }),
    nobody: await page(context, { query: "xyzzy" }),
    countThreeLetters: await count(context, everybody, "and"),
  },
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
await database.close();
