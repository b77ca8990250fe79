import { performance } from "node:perf_hooks";
import type pg from "pg";
import { showCalendar } from "#server/marketing-contacts/calendar/show-calendar.ts";
import { showSavings } from "#server/marketing-contacts/savings/show-savings.ts";
import { showStatement } from "#server/marketing-contacts/statement/show-statement.ts";
import { showForecast } from "#server/marketing-contacts/usage/show-forecast.ts";
import { showMoment } from "#server/marketing-contacts/usage/show-moment.ts";
import { showUsageChanges } from "#server/marketing-contacts/usage/show-usage-changes.ts";
import { showUsageHistory } from "#server/marketing-contacts/usage/show-usage-history.ts";
import { rollUpAccount } from "#server/marketing-status/usage/roll-up-usage.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";

// How fast the usage page answers over a long ledger, next to the plain sums over the ledger in the same run.
const contacts = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 40);
/** Each pair schedules somebody and takes it back: with the first entry some nine a marketing contact. */
const PAIRS = 4;

interface Times {
  readonly p50: number;
  readonly p95: number;
}

/** Milliseconds of many askings, after one that warms up. */
async function time(ask: () => Promise<unknown>, rounds = ROUNDS): Promise<Times> {
  await ask();
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await ask();
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round((taken[Math.ceil(share * rounds) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}

/** A ledger that has been written to all the time: entries one by one, spread over years. */
async function lengthenLedger(owner: pg.Pool, accountId: string): Promise<number> {
  for (let pair = 1; pair <= PAIRS; pair++) {
    for (const [kind, before, after, add] of [
      ["scheduled", "'infinity'", "m.since + interval '5 years'", 0],
      ["unscheduled", "m.since + interval '5 years'", "'infinity'", 0.5],
    ] as const) {
      await owner.query(
        `insert into marketing_change (account_id, contact_id, kind, until_before, until_after, recorded_at,
          effective_at, delta, source_type, actor_type)
        select m.account_id, m.contact_id, $2, ${before}, ${after}, t.at, t.at, 0,
          (array['USER_SET','FORM_SUBMISSION','WORKFLOW'])[1 + m.contact_id % 3], 'system'
        from marketing_contact m, lateral (select m.since + (now() - m.since) * ${(pair + add) / (PAIRS + 1)} as at) t
        where m.account_id = $1 and m.until = 'infinity' order by t.at`,
        [accountId, kind],
      );
    }
  }
  await owner.query("vacuum analyze marketing_change");
  await owner.query("vacuum analyze usage_change");
  const { rows } = await owner.query<{ n: number }>("select count(*)::int as n from marketing_change");
  return rows[0]?.n ?? 0;
}

const database = await openBenchDatabase();
try {
  const accountId = await generateContacts(database.owner, { contacts });
  const ledger = await lengthenLedger(database.owner, accountId);
  const context = benchContext(database.db, accountId);
  await rollUpAccount(context);
  const { rows } = await database.owner.query<{ n: number }>("select count(*)::int as n from usage_change");
  const raw = (text: string, rounds = 5) => time(() => database.pool.query(text, [accountId]), rounds);
  const aYearAgo = new Date(Date.now() - 365 * 86_400_000 + 1_234_567).toISOString();
  const result = {
    contacts,
    ledger,
    rollup: rows[0]?.n ?? 0,
    unit: "ms",
    baseline: {
      usageFromLedger: await raw("select sum(delta) from marketing_change where account_id = $1"),
      changesFromLedger: await raw(
        "select kind, source_type, count(*) from marketing_change where account_id = $1 and recorded_at > now() - interval '20 days' group by 1, 2",
      ),
    },
    page: {
      usage: await time(() => showUsage(context, {})),
      history: await time(() => showUsageHistory(context, {})),
      forecast: await time(() => showForecast(context)),
      changes: await time(() => showUsageChanges(context, {})),
    },
    momentAYearAgo: await time(() => showMoment(context, { at: aYearAgo }), 5),
    calendar: await time(() => showCalendar(context), 10),
    savings: await time(() => showSavings(context), 3),
    statementByCountry: await time(() => showStatement(context, { by: "country" }), 3),
  };
  console.log(JSON.stringify(result, null, 2));
} finally {
  await database.close();
}
