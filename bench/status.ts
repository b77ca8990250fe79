import { performance } from "node:perf_hooks";
import { sql } from "kysely";
import type pg from "pg";
import { previewStatus } from "#server/marketing-status/bulk/preview-status.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";
import { askMeanwhile } from "./meanwhile.ts";

// How fast contacts change their status as operations, next to the bare update of the same rows in the same run.
const contacts = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);
const CHUNK = 10_000;

const everybody = { filter: { filterGroups: [] }, query: "" };

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The whole way a person's click goes: scope, ledger, tally, outcome, undo. */
async function change(
  context: Context,
  to: "marketing" | "non_marketing",
): Promise<{ seconds: number; id: string }> {
  const { willChange } = await previewStatus(context, { selection: everybody, to, includeProtected: true });
  let id = "";
  const taken = await seconds(async () => {
    const input = { selection: everybody, to, includeProtected: true, expect: willChange };
    id = (await startStatus(context, input)).operationId;
    await runOperation(context, { operationId: id });
  });
  return { seconds: taken, id };
}

/** The same rows in a table of their own, updated in the same ranges and nothing else. */
async function bareUpdate(owner: pg.Pool, accountId: string): Promise<number> {
  await owner.query(`create table bare (like marketing_contact including all)`);
  await owner.query(`insert into bare select * from marketing_contact where account_id = ${accountId}`);
  await owner.query("vacuum analyze bare");
  const { rows } = await owner.query<{ id: string }>(`select contact_id as id from (select contact_id,
    row_number() over (order by contact_id) as n from bare) b where (n - 1) % ${CHUNK} = 0 order by 1`);
  const starts = rows.map(({ id }) => id);
  const taken = await seconds(async () => {
    for (const [index, from] of starts.entries()) {
      const to = starts[index + 1] ?? "9223372036854775807";
      await owner.query(
        `update bare set until = '2099-01-01' where account_id = $1 and contact_id >= $2 and contact_id < $3`,
        [accountId, from, to],
      );
    }
  });
  await owner.query("drop table bare");
  return taken;
}

/** Milliseconds of the slowest of a hundred, save five. */
async function p95(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 100; i++) times.push((await seconds(work)) * 1000);
  return times.toSorted((a, b) => a - b)[94] as number;
}

registerKinds();
const database = await openBenchDatabase();
try {
  const accountId = await generateContacts(database.owner, { contacts });
  const context = benchContext(database.db, accountId);
  await sql`delete from marketing_pin`.execute(database.db);
  const raise = await change(context, "marketing");
  await database.owner.query("vacuum analyze marketing_contact, marketing_change");
  const bare = await bareUpdate(database.owner, accountId);
  const preview = await seconds(() =>
    previewStatus(context, { selection: everybody, to: "non_marketing", includeProtected: true }),
  );
  const lower = await change(context, "non_marketing");
  const usage = await p95(() => showUsage(context, {}));
  const undo = await seconds(async () => {
    const { operationId } = await undoOperation(context, { operationId: lower.id });
    await runOperation(context, { operationId });
  });
  const stopAsking = askMeanwhile(context);
  const shared = await change(context, "non_marketing");
  const meanwhile = await stopAsking();
  const verify = await seconds(async () => {
    const { differences } = await verifyAccount(context);
    if (differences.length > 0) throw new Error(`verify: ${differences.join(", ")}`);
  });
  const rate = (taken: number) => Math.round(contacts / taken);
  console.log(
    JSON.stringify({
      contacts,
      bareUpdatePerSecond: rate(bare),
      setNonMarketingPerSecond: rate(lower.seconds),
      ratioToBareUpdate: Number((bare / lower.seconds).toFixed(2)),
      setMarketingPerSecond: rate(raise.seconds),
      undoPerSecond: rate(undo),
      setNonMarketingWhileOthersAskPerSecond: rate(shared.seconds),
      meanwhile,
      previewSeconds: Number(preview.toFixed(2)),
      usageP95Ms: Number(usage.toFixed(2)),
      verifySeconds: Number(verify.toFixed(1)),
      memoryMb: Math.round(process.memoryUsage().rss / 1024 ** 2),
    }),
  );
} finally {
  await database.close();
}
