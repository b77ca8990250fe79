import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { stepsOf } from "#contract/workflow-graph.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { declineHeld } from "#server/marketing-status/review/decline-held.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, history, hours, running, states, turnedOn, work } from "#test/workflow.ts";
import { turnOffWorkflow } from "../builder/turn-on.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { hearAll } from "../triggers/hear-workflows.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { claimDue } from "./queries.ts";
import { workBatch } from "./work-batch.ts";

// What is done later than it was due, again, or not after all: nothing that has been decided by then is forgotten.

let database: FreshDatabase;
let server: Server | undefined;
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(() => {
  server?.close();
  delete process.env["HEADROOM_OUTBOUND_ALLOW"];
});
afterAll(() => database.close());

const raise = { id: "a", type: "set_status", value: "marketing" };
const end = (id: string) => ({ id, type: "end" });

async function entered(
  context: Context,
  definition: object,
  count = 1,
): Promise<[RunningWorkflow, string[]]> {
  const ids = await buildContacts(context.db, context.accountId, count);
  const workflow = await running(context, definition);
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  return [workflow, ids];
}

/** A try at which the database refuses to write what became of anybody. */
async function tryInVain(context: Context, workflow: RunningWorkflow): Promise<void> {
  const { ownerPool } = database;
  await ownerPool.query(`create or replace function refuse() returns trigger language plpgsql as $$ begin
    if new.kind = 'info' then return new; end if; raise exception 'refused'; end $$;
    create trigger refuse before insert on workflow_history for each row execute function refuse()`);
  await work(context, workflow);
  await ownerPool.query("drop trigger refuse on workflow_history");
}

describe("a try that fails", () => {
  it("does not make a contact forget that people have decided about it", async () => {
    const context = await account(database.db);
    const { db, accountId } = context;
    await sql`update billing_account set tier = 1 where account_id = ${accountId}`.execute(db);
    const steps = [{ ...raise, branches: { refused: "r" }, next: "n" }, end("n"), end("r")];
    const [workflow, ids] = await entered(context, { start: "a", steps }, 2);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished n": 1, "waiting a held": 1 });
    const { rows } = await sql<{ id: string }>`insert into operation
        (account_id, kind, state, params, source_type, actor_type, created_at)
      values (${accountId}, 'decline_held', 'running', '{}', 'USER_SET', 'user', now()) returning id`.execute(
      db,
    );
    await declineHeld(context, { ids: ids.slice(1), operationId: rows[0]?.id ?? "" });
    await tryInVain(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished n": 1, "retrying a unexpected": 1 });
    await work(at(context, hours(1)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished n": 1, "finished r": 1 });
  });

  it("does not make a contact forget that what it waited for has happened", async () => {
    const context = await account(database.db);
    const { id } = await createContact(context, { properties: {} });
    const happening = { type: "property_changed", propertyName: "city" };
    const until = { kind: "happening", happening, limit: { amount: 1, unit: "days" }, timedOut: "t" };
    const steps = [{ id: "d", type: "delay", until, next: "n" }, end("n"), end("t")];
    const workflow = await turnedOn(context, { start: "d", steps });
    await enrollContacts(context, { workflow, ids: [id], cause: "manual" });
    await work(context, workflow);
    await updateContact(context, { contactId: id, properties: { city: "Lund" } });
    await hearAll(context);
    await tryInVain(context, workflow);
    await work(at(context, hours(1)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished n": 1 });
  });
});

it("a contact at which a step fails keeps only itself waiting", async () => {
  const context = await account(database.db);
  const set = { id: "a", type: "set_property", propertyName: "city", value: "Lund" };
  const [workflow, ids] = await entered(context, { start: "a", steps: [set] }, 60);
  await database.ownerPool.query(`create or replace function refuse_one() returns trigger language plpgsql as $$ begin
    if new.id = ${ids[7]} then raise exception 'refused'; end if; return new; end $$;
    create trigger refuse_one before update on contact for each row execute function refuse_one()`);
  for (const hour of [0, 1, 2]) await work(at(context, hours(hour)), workflow);
  expect(await states(context, workflow)).toEqual({ "finished a": 59, "retrying a unexpected": 1 });
  await database.ownerPool.query("drop trigger refuse_one on contact");
  await work(at(context, hours(4)), workflow);
  expect(await states(context, workflow)).toEqual({ "finished a": 60 });
});

describe("hours of a workflow", () => {
  const window = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "09:00", to: "12:00" };
  const morning = hours(-6);

  it("are kept also by who was due in them and comes late", async () => {
    const context = at(await account(database.db), morning);
    const [workflow] = await entered(context, { start: "a", window, steps: [raise] });
    await work(context, workflow);
    await work(at(context, hours(9)), workflow);
    expect(await states(context, workflow)).toEqual({ "waiting a": 1 });
    await work(at(context, hours(24)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished a": 1 });
  });

  it("are kept by the next try", async () => {
    const context = await account(database.db);
    await sql`update account set time_zone = 'UTC' where id = ${context.accountId}`.execute(context.db);
    const [workflow] = await entered(context, { start: "a", window, steps: [raise] });
    await tryInVain(at(context, hours(2 - 1 / 3_600)), workflow);
    const { rows } = await sql<{ dueAt: Date }>`select due_at as "dueAt" from workflow_enrollment
      where account_id = ${context.accountId}`.execute(context.db);
    expect(await states(context, workflow)).toEqual({ "retrying a unexpected": 1 });
    expect(rows[0]?.dueAt).toEqual(hours(23));
  });
});

it("whom a worker has claimed stays where it is when the workflow is turned off meanwhile", async () => {
  const context = await account(database.db);
  const [workflow] = await entered(context, { start: "a", steps: [raise] });
  const batch = await claimDue(context, { workflowId: workflow.id, outside: false });
  await turnOffWorkflow(context, { workflowId: workflow.id, inside: "wait" });
  const steps = stepsOf(workflow.definition);
  const step = steps.get("a");
  if (!step) throw new Error("no step");
  const travel = { workflow, steps, timeZone: "UTC", now: hours(0) };
  await workBatch(context, { travel, step, batch });
  expect(await states(context, workflow)).toEqual({ "active a": 1 });
});

it("a contact that comes to a webhook again calls with another key", async () => {
  const keys: string[] = [];
  server = createServer((request, response) => {
    keys.push(String(request.headers["idempotency-key"]));
    request.resume().on("end", () => response.writeHead(keys.length === 1 ? 503 : 200).end());
  });
  await new Promise<void>((resolve) => void server?.listen(0, "127.0.0.1", resolve));
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place;
  const context = await account(database.db);
  const steps = [
    { id: "w", type: "webhook", url: `http://${place}/`, next: "d" },
    { id: "d", type: "delay", until: { kind: "passed", amount: 1, unit: "hours" }, next: "g" },
    { id: "g", type: "go_to", step: "w" },
  ];
  const [workflow] = await entered(context, { start: "w", steps });
  for (const hour of [0, 1, 3]) await work(at(context, hours(hour)), workflow);
  const [failed, repeated, second] = keys;
  expect(repeated).toBe(failed);
  expect(second).not.toBe(failed);
  expect(await history(context, workflow)).toMatchObject({ "w done delivered": 2 });
});
