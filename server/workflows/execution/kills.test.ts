import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createList } from "#server/lists/definition/create-list.ts";
import { addToList } from "#server/lists/members/change-members.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildProgram, type Program, runProgram } from "#test/processes.ts";
import { account, at, history, hours, november, running, states, work } from "#test/workflow.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import type { RunningWorkflow } from "../workflow.ts";

// Workers that are killed without warning between what they did and what they said of it: the next one brings about
// exactly what an undisturbed one would have.

const keys: string[] = [];
let database: FreshDatabase;
let program: Awaited<ReturnType<typeof buildProgram>>;
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    keys.push(String(request.headers["idempotency-key"]));
    request.resume().on("end", () => response.end("thanks"));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place();
  [database, program] = await Promise.all([freshDatabase(), buildProgram("test/worker-program.ts")]);
});
afterAll(async () => {
  delete process.env["HEADROOM_OUTBOUND_ALLOW"];
  program.remove();
  server.close();
  await database.close();
});

const place = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const end = { id: "e", type: "end" };
const steps: Record<string, (made: Made) => object> = {
  "set status": () => ({ type: "set_status", value: "marketing" }),
  "set property": () => ({ type: "set_property", propertyName: "city", value: "Kraków" }),
  "copy property": () => ({ type: "copy_property", from: "city", to: "jobtitle" }),
  "clear property": () => ({ type: "clear_property", propertyName: "city" }),
  "add to list": ({ emptyList }) => ({ type: "add_to_list", listId: emptyList }),
  "remove from list": ({ fullList }) => ({ type: "remove_from_list", listId: fullList }),
  "notify people": () => ({ type: "notify", to: { owner: true }, title: "Look at {city}" }),
  "call webhook": () => ({ type: "webhook", url: `http://${place()}/hook`, properties: ["city"] }),
  enroll: ({ other }) => ({ type: "enroll", workflowId: other.id }),
  "split and wait": () => ({
    type: "split",
    parts: [
      { name: "one", percent: 50, next: "w" },
      { name: "two", percent: 50, next: "e" },
    ],
  }),
};
const wait = { id: "w", type: "delay", until: { kind: "passed", amount: 5, unit: "days" }, next: "e" };

interface Made {
  readonly emptyList: string;
  readonly fullList: string;
  readonly other: RunningWorkflow;
}

interface World extends Made {
  readonly context: Context;
  readonly workflow: RunningWorkflow;
}

async function begin(stepOf: (made: Made) => object, people = 6): Promise<World> {
  const context = await account(database.db);
  const { db, accountId } = context;
  const ids = await buildContacts(db, accountId, people);
  await sql`update contact set city = 'City ' || (id % 3) where account_id = ${accountId}`.execute(db);
  const listOf = async (name: string) =>
    (await createList(context, { name, type: "static", folderId: null })).list.id;
  const [emptyList, fullList] = [await listOf("Empty"), await listOf("Full")];
  const adding = { listId: fullList, ids, operationId: null, sourceType: "USER_SET", sourceId: null };
  await inTransaction(context, (context) => addToList(context, adding));
  const other = await running(context, { start: "e", steps: [end] });
  const made = { emptyList, fullList, other };
  const step = { ...stepOf(made), id: "a", next: "e" };
  const workflow = await running(context, { start: "a", steps: [step, wait, end] });
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  return { ...made, context, workflow };
}

/** Everything that a workflow may have brought about, without the ids and the tries. */
async function broughtAbout(world: World): Promise<Record<string, unknown>> {
  const { context, workflow, other, emptyList, fullList } = world;
  const { db, accountId } = context;
  const { rows } = await sql<object>`select
    (select jsonb_object_agg(kind, n) from (select kind, count(*) as n from marketing_change
      where account_id = ${accountId} group by 1) k) as ledger,
    (select jsonb_object_agg(coalesce(city, '') || '/' || coalesce(jobtitle, ''), n) from (select city, jobtitle, count(*) as n
      from contact where account_id = ${accountId} group by 1, 2) c) as contacts,
    (select count(*) from property_change where account_id = ${accountId}) as changes,
    (select count(*) from list_membership where account_id = ${accountId} and list_id = ${emptyList}) as added,
    (select count(*) from list_membership where account_id = ${accountId} and list_id = ${fullList}) as kept,
    (select count(*) from notice where account_id = ${accountId}) as notices,
    (select jsonb_agg(jsonb_build_array(kind, total, done) order by kind) from operation
      where account_id = ${accountId}) as operations,
    (select jsonb_object_agg(step || outcome, contacts) from workflow_tally
      where account_id = ${accountId} and workflow_id = ${workflow.id}) as numbers`.execute(db);
  const { differences } = await verifyAccount(context);
  const [inside, told] = [await states(context, workflow), await history(context, workflow)];
  return { ...rows[0], differences, inside, told, other: await states(context, other) };
}

/** A worker that stops for good when it wants to say what it has done. */
async function killedBeforeItsWord(world: World): Promise<void> {
  const client = await database.ownerPool.connect();
  try {
    await client.query("begin; lock table workflow_history in exclusive mode");
    const worker = startWorker(world);
    await waiting(client);
    await worker.kill("SIGKILL");
    await client.query("rollback");
  } finally {
    client.release();
  }
}

function startWorker({ context, workflow }: World): Program {
  const { accountId } = context;
  return runProgram(program.file, [database.url, accountId, workflow.id, november.toISOString()]);
}

async function waiting(client: { query: (text: string) => Promise<{ rows: unknown[] }> }): Promise<void> {
  for (;;) {
    const { rows } = await client.query("select from pg_locks where not granted and locktype = 'relation'");
    if (rows.length > 0) return;
    await sleep(20);
  }
}

const minuteLater = (context: Context) => at(context, hours(61 / 3_600));

describe("a worker that is killed before it says what it did", () => {
  it.each(Object.entries(steps))(
    "%s: the next one brings about the same",
    async (name, stepOf) => {
      const undisturbed = await begin(stepOf);
      await work(undisturbed.context, undisturbed.workflow);
      const disturbed = await begin(stepOf);
      // Walking to the step is a batch of its own, in which splits are decided.
      if (name !== "split and wait") await worked(disturbed);
      keys.length = 0;
      await killedBeforeItsWord(disturbed);
      const { context, workflow } = disturbed;
      expect(Object.keys(await states(context, workflow)).join()).toMatch(/^working/);
      await work(context, workflow);
      expect(Object.keys(await states(context, workflow)).join()).toMatch(/^working/);
      await work(minuteLater(context), workflow);
      expect(comparable(await broughtAbout(disturbed))).toEqual(comparable(await broughtAbout(undisturbed)));
      // Everybody was called twice with one key each; nothing else goes out.
      expect(new Set(keys).size * 2).toBe(keys.length);
      expect(keys).toHaveLength(name === "call webhook" ? 12 : 0);
    },
    60_000,
  );
});

/** The split of each contact is its own, so how many wait is as in the other account only by chance. */
function comparable(brought: Record<string, unknown>): object {
  if (!JSON.stringify(brought["inside"]).includes("waiting w")) return brought;
  const { ledger, contacts, changes, operations, differences } = brought;
  const inside = Object.values(brought["inside"] as Record<string, number>).reduce((all, n) => all + n, 0);
  return { ledger, contacts, changes, operations, differences, inside };
}

/** Brings everybody from the start to the first step. */
async function worked({ context, workflow }: World): Promise<void> {
  await sql`update workflow_enrollment set step = 'a', outside = (select definition -> 'steps' -> 0 ->> 'type' = 'webhook'
      from workflow_version v where v.account_id = ${context.accountId} and v.workflow_id = ${workflow.id})
    where account_id = ${context.accountId} and workflow_id = ${workflow.id}`.execute(context.db);
}

describe("two workers at the same steps", () => {
  it("bring about what one does", async () => {
    for (const name of ["set status", "copy property", "add to list", "enroll"]) {
      const stepOf = steps[name] as (made: Made) => object;
      const [alone, raced] = [await begin(stepOf, 300), await begin(stepOf, 300)];
      await work(alone.context, alone.workflow);
      await Promise.all([1, 2, 3].map(() => work(raced.context, raced.workflow)));
      expect(await broughtAbout(raced)).toEqual(await broughtAbout(alone));
    }
  }, 60_000);
});
