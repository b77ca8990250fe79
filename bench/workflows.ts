import { performance } from "node:perf_hooks";
import { sql } from "kysely";
import type pg from "pg";
import { type WorkflowDefinition, workflowDefinition } from "#contract/workflow-definition.ts";
import { keepListsOf } from "#server/lists/upkeep/keep-lists.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { createWorkflow, saveDraft } from "#server/workflows/builder/change-workflow.ts";
import { turnOnWorkflow } from "#server/workflows/builder/turn-on.ts";
import { startEnrolling } from "#server/workflows/enrollment/start-enrolling.ts";
import { workDue } from "#server/workflows/execution/work-due.ts";
import { hearAll } from "#server/workflows/triggers/hear-workflows.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";
import { askMeanwhile } from "./meanwhile.ts";

// How fast contacts enter workflows and change their status there, what those who wait cost, and what others notice,
// next to the bare rows of the same steps in the same run.
const contacts = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);
const BATCH = 5_000;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Where the time goes, for whoever watches. */
function say(what: string): void {
  console.error(`${(performance.now() / 1000).toFixed(1)} s  ${what}`);
}

/** Somebody who owns the workflows, in an account that no guard holds up. */
async function ownerOf(accountId: string, owner: pg.Pool, plain: Context): Promise<Context> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into app_user (email, name, language, time_zone, created_at)
      values ('bench' || $1 || '@bench.test', 'Bench', 'en', 'UTC', now()) returning id`,
    [accountId],
  );
  const userId = rows[0]?.id ?? "";
  await owner.query(
    `with role as (insert into role (account_id, key, created_at) values ($1, 'super-admin', now()) returning id)
      insert into account_member (account_id, user_id, role_id, joined_at) select $1, $2, id, now() from role`,
    [accountId, userId],
  );
  await owner.query(
    "insert into marketing_setting (account_id, spike_percent, spike_contacts) values ($1, 100, 1000000000)",
    [accountId],
  );
  return { ...plain, actor: { ...plain.actor, type: "user", id: userId } };
}

let made = 0;

async function turnOn(context: Context, definition: object, enrollExisting = false): Promise<string> {
  const { id, revision } = await createWorkflow(context, {
    name: `Bench ${made++}`,
    folder: "",
    template: "blank",
  });
  const parsed: WorkflowDefinition = workflowDefinition.parse(definition);
  const saved = await saveDraft(context, { workflowId: id, revision, definition: parsed });
  await turnOnWorkflow(context, { workflowId: id, revision: saved.revision, enrollExisting });
  return id;
}

const having = (propertyName: string, operator: "EQ" | "HAS_PROPERTY", value?: string) => ({
  filterGroups: [
    { filters: [value === undefined ? { propertyName, operator } : { propertyName, operator, value }] },
  ],
});
const status = (value: string) => ({ start: "a", steps: [{ id: "a", type: "set_status", value }] });

async function enrollByHand(context: Context, workflowId: string, filter: object): Promise<number> {
  return seconds(async () => {
    const selection = { filter: filter as ReturnType<typeof having>, query: "" };
    const { operationId } = await startEnrolling(context, { workflowId, selection });
    await runOperation(context, { operationId });
  });
}

async function enrollByFilter(context: Context, definition: object): Promise<{ id: string; taken: number }> {
  let id = "";
  const taken = await seconds(async () => {
    id = await turnOn(context, definition, true);
    say("turned on");
    const { rows } = await sql<{ id: string }>`select id from operation
      where account_id = ${context.accountId} and state = 'queued' order by id`.execute(context.db);
    for (const { id: operationId } of rows) await runOperation(context, { operationId });
    say("enrolled those who met it");
    while (await keepListsOf(context)) await hearAll(context);
    await hearAll(context);
  });
  return { id, taken };
}

async function count({ db }: Context, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${query}) counted`.execute(db);
  return rows[0]?.n ?? 0;
}

const inside = (context: Context, workflowId: string, where = sql`true`) =>
  count(context, sql`select from workflow_enrollment where workflow_id = ${workflowId} and ${where}`);
const ledger = (context: Context) =>
  count(context, sql`select from marketing_change where account_id = ${context.accountId}`);

/** The rows that a status step leaves behind, in bare tables with the same indexes, as many at a time. */
async function bareStatus(owner: pg.Pool, accountId: string): Promise<number> {
  for (const table of ["marketing_contact", "marketing_change", "workflow_enrollment", "workflow_history"])
    await owner.query(`create table bare_${table} (like ${table} including all)`);
  await owner.query(
    "insert into bare_workflow_enrollment overriding system value select * from workflow_enrollment where account_id = $1 limit $2",
    [accountId, contacts],
  );
  await owner.query("vacuum analyze bare_workflow_enrollment");
  const { rows } = await owner.query<{ from: string; to: string; n: number }>(
    `select min(id) as from, max(id) as to, count(*)::int as n from (select id, (row_number() over (order by id) - 1) / ${BATCH} as batch
      from bare_workflow_enrollment) e group by batch order by 1`,
  );
  const total = rows.reduce((sum, { n }) => sum + n, 0);
  const taken = await seconds(async () => {
    for (const { from, to } of rows) await bareBatch(owner, accountId, [from, to]);
  });
  for (const table of ["marketing_contact", "marketing_change", "workflow_enrollment", "workflow_history"])
    await owner.query(`drop table bare_${table}`);
  return total / taken;
}

async function bareBatch(owner: pg.Pool, accountId: string, range: readonly [string, string]): Promise<void> {
  const client = await owner.connect();
  const some = "from bare_workflow_enrollment where account_id = $1 and id between $2 and $3";
  const values = [accountId, ...range];
  try {
    await client.query("begin");
    for (const statement of [
      `insert into bare_marketing_contact (account_id, contact_id, since, until, source_type, actor_type)
        select account_id, contact_id, now(), 'infinity', 'WORKFLOW', 'user' ${some} on conflict do nothing`,
      `insert into bare_marketing_change (account_id, contact_id, kind, until_after, recorded_at, effective_at, delta,
        source_type, actor_type)
        select account_id, contact_id, 'set_marketing', 'infinity', now(), now(), 1, 'WORKFLOW', 'user' ${some}`,
      `insert into bare_workflow_history (account_id, workflow_id, enrollment_id, contact_id, version, step, at, kind)
        select account_id, workflow_id, id, contact_id, version, 'a', now(), 'done' ${some}`,
      `update bare_workflow_enrollment set state = 'finished', due_at = null, ended_at = now()
        where account_id = $1 and id between $2 and $3`,
    ])
      await client.query(statement, values);
    await client.query("commit");
  } finally {
    client.release();
  }
}

/** Milliseconds of the slowest of fifty, save two: a second's look at what is due. */
async function lookP95(context: Context): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 50; i++) times.push((await seconds(() => workDue(context))) * 1000);
  return Number((times.toSorted((a, b) => a - b)[47] as number).toFixed(2));
}

async function statusRun(context: Context, workflowId: string, filter: object) {
  const enrolling = await enrollByHand(context, workflowId, filter);
  const before = await ledger(context);
  let meanwhile: Awaited<ReturnType<ReturnType<typeof askMeanwhile>>> | undefined;
  const taken = await seconds(async () => {
    const stopAsking = askMeanwhile(context);
    while ((await inside(context, workflowId, sql`ended_at is null`)) > 0) await workDue(context);
    meanwhile = await stopAsking();
  });
  const rows = (await ledger(context)) - before;
  return { enrolling, entered: await inside(context, workflowId), taken, rows, meanwhile };
}

registerKinds();
const database = await openBenchDatabase();
try {
  const accountId = await generateContacts(database.owner, { contacts });
  say("contacts are there");
  const context = await ownerOf(accountId, database.owner, benchContext(database.db, accountId));
  await sql`delete from marketing_pin`.execute(database.db);
  await sql`delete from subscription_fact where account_id = ${accountId}`.execute(database.db);
  const lookWithNobody = await lookP95(context);
  say("looked with nobody waiting");
  const waiting = await turnOn(context, {
    start: "d",
    steps: [{ id: "d", type: "delay", until: { kind: "passed", amount: 90, unit: "days" } }],
  });
  const enrolling = await enrollByHand(context, waiting, having("hs_object_source", "HAS_PROPERTY"));
  say("enrolled by hand");
  const toDelay = await seconds(async () => {
    while ((await inside(context, waiting, sql`state <> 'waiting'`)) > 0) await workDue(context);
  });
  say("all wait");
  // As the database does by itself within minutes.
  await database.owner.query("vacuum analyze workflow_enrollment");
  const lookWithWaiting = await lookP95(context);
  const filtered = await enrollByFilter(context, {
    triggers: [{ type: "filter_met", filter: having("hs_object_source", "HAS_PROPERTY") }],
    start: "e",
    steps: [{ id: "e", type: "end" }],
  });
  say("enrolled by filter");
  const filteredIn = await inside(context, filtered.id);
  while ((await inside(context, filtered.id, sql`ended_at is null`)) > 0) await workDue(context);
  say("all through");
  const baseline = await bareStatus(database.owner, accountId);
  say("bare rows");
  const raises = await turnOn(context, status("marketing"));
  const raised = await statusRun(context, raises, having("hs_marketable_status", "EQ", "false"));
  say("raised");
  const lowers = await turnOn(context, status("non_marketing"));
  const lowered = await statusRun(context, lowers, having("hs_marketable_until_renewal", "EQ", "false"));
  say("lowered");
  const { differences } = await verifyAccount(context);
  if (differences.length > 0) throw new Error(`verify: ${differences.join(", ")}`);
  console.log(
    JSON.stringify({
      contacts,
      enrollByHandPerSecond: Math.round(contacts / enrolling),
      enrollByFilterPerSecond: Math.round(filteredIn / filtered.taken),
      toDelayPerSecond: Math.round(contacts / toDelay),
      lookP95MsWithNobody: lookWithNobody,
      lookP95MsWithAllWaiting: lookWithWaiting,
      bareStatusPerSecond: Math.round(baseline),
      setMarketingPerSecond: Math.round(raised.entered / raised.taken),
      setMarketingLedgerRows: raised.rows,
      setNonMarketingPerSecond: Math.round(lowered.entered / lowered.taken),
      setNonMarketingLedgerRows: lowered.rows,
      ratioToBareStatus: Number((raised.entered / raised.taken / baseline).toFixed(2)),
      meanwhile: { raising: raised.meanwhile, lowering: lowered.meanwhile },
      memoryMb: Math.round(process.memoryUsage().rss / 1024 ** 2),
    }),
  );
} finally {
  await database.close();
}
