import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { createWorkflow, saveDraft } from "#server/workflows/builder/change-workflow.ts";
import { turnOnWorkflow } from "#server/workflows/builder/turn-on.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";

// How long people who change contacts wait while a workflow is turned on whose triggers all contacts meet already, next
// to the same people while nothing happens.
const contacts = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);
const WRITERS = 4;
const QUIET_MS = 5_000;

/** Somebody who owns workflows. */
async function ownerOf(owner: pg.Pool, plain: Context): Promise<Context> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into app_user (email, name, language, time_zone, created_at)
      values ('bench' || clock_timestamp() || '@bench.test', 'Bench', 'en', 'UTC', now()) returning id`,
  );
  return { ...plain, actor: { ...plain.actor, type: "user", id: rows[0]?.id ?? "" } };
}

/** Everybody has opted out and is a member of a list; answers the list. */
async function everybodyMeets(owner: pg.Pool, accountId: string): Promise<string> {
  await owner.query(
    `insert into subscription_fact (account_id, contact_id, kind, at, reason, source_type, actor_type, protects)
      select account_id, id, 'opt_out', now(), '', 'EMAIL', 'system', true from contact where account_id = $1
      on conflict do nothing`,
    [accountId],
  );
  const { rows } = await owner.query<{ id: string }>(
    `insert into list (account_id, name, type, created_at, updated_at, created_by_type) values ($1, 'All ' || clock_timestamp(), 'static', now(), now(), 'user')
      returning id`,
    [accountId],
  );
  const listId = rows[0]?.id ?? "";
  await owner.query(
    `insert into list_membership (account_id, list_id, contact_id, added_at, source_type, actor_type)
      select account_id, $2, id, now(), 'CRM_UI', 'user'
      from contact where account_id = $1`,
    [accountId, listId],
  );
  await owner.query("vacuum analyze subscription_fact, list_membership");
  return listId;
}

/** Changes one contact of their own again and again, until stopped; tells how long each change took. */
async function write(context: Context, stop: AbortSignal, times: number[]): Promise<void> {
  const properties = { email: `w${performance.now()}.${Math.random()}@bench.test` };
  const { id: contactId } = await createContact(context, { properties });
  for (let round = 0; !stop.aborted; round++) {
    const start = performance.now();
    await updateContact(context, { contactId, properties: { city: round % 2 ? "Lund" : "Kraków" } });
    times.push(performance.now() - start);
    await sleep(5);
  }
}

async function waitsDuring(context: Context, work: () => Promise<unknown>) {
  const stop = new AbortController();
  const times: number[] = [];
  const writers = Array.from({ length: WRITERS }, () => write(context, stop.signal, times));
  await sleep(500);
  times.length = 0;
  const start = performance.now();
  await work();
  const taken = Math.round(performance.now() - start);
  stop.abort();
  await Promise.all(writers);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return { taken, writes: times.length, p50: at(0.5), p99: at(0.99), slowest: at(1) };
}

async function turnOn(context: Context, triggers: readonly object[]): Promise<void> {
  const { id, revision } = await createWorkflow(context, {
    name: `Bench ${performance.now()}`,
    folder: "",
    template: "blank",
  });
  const definition = workflowDefinition.parse({ triggers, start: "e", steps: [{ id: "e", type: "end" }] });
  const saved = await saveDraft(context, { workflowId: id, revision, definition });
  await turnOnWorkflow(context, { workflowId: id, revision: saved.revision, enrollExisting: true });
}

registerKinds();
const database = await openBenchDatabase();
try {
  const accountId = process.env["BENCH_ACCOUNT"] ?? (await generateContacts(database.owner, { contacts }));
  const context = await ownerOf(database.owner, benchContext(database.db, accountId));
  const listId = await everybodyMeets(database.owner, accountId);
  const source = {
    filterGroups: [{ filters: [{ propertyName: "hs_object_source", operator: "HAS_PROPERTY" }] }],
  };
  const filter = { type: "filter_met", filter: source };
  const list = { type: "joined_list", listId };
  const result: Record<string, unknown> = { contacts };
  for (const [name, triggers] of Object.entries({
    opted_out: [{ type: "opted_out" }],
    joined_list: [list],
    filter: [filter],
    all: [filter, list, { type: "opted_out" }],
  })) {
    result[name] = {
      quiet: await waitsDuring(context, () => sleep(QUIET_MS)),
      turningOn: await waitsDuring(context, () => turnOn(context, triggers)),
    };
    console.error(name, JSON.stringify(result[name]));
    await sql`update workflow set state = 'off' where account_id = ${accountId}`.execute(database.db);
    await database.owner.query("delete from workflow_watch");
    await database.owner.query("vacuum analyze contact, property_change, list_membership");
  }
  console.log(JSON.stringify(result));
} finally {
  await database.close();
}
