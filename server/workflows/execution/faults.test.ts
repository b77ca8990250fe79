import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { stepsOf } from "#contract/workflow-graph.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { isSigned } from "#server/platform/outbound/signature.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, history, hours, running, states, work } from "#test/workflow.ts";
import { showWorkflow } from "../builder/show-workflow.ts";
import { takeOverWorkflow, turnOffWorkflow } from "../builder/turn-on.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { unenroll } from "../history/retry-parked.ts";
import { showNumbers } from "../history/show-history.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { pauseForRights } from "./pause-for-rights.ts";
import { claimDue } from "./queries.ts";
import { workBatch } from "./work-batch.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const raise = { id: "a", type: "set_status", value: "marketing" };

async function entered(definition: object, count: number): Promise<[Context, RunningWorkflow, string[]]> {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, count);
  const workflow = await running(context, definition);
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  return [context, workflow, ids];
}

const longText = {
  description: "",
  groupName: "contactinformation",
  type: "string",
  fieldType: "textarea",
  options: [],
  hasUniqueValue: false,
} satisfies Omit<Parameters<typeof createProperty>[1], "label">;

/** Claims what is due and dies: nothing is done, nothing is said. */
const dieWorking = (context: Context, { id: workflowId }: RunningWorkflow) =>
  claimDue(context, { workflowId, outside: false });
const seconds = (count: number) => hours(count / 3_600);

describe("a worker that dies", () => {
  it("leaves its contacts to the next one when its claim has ended", async () => {
    const [context, workflow] = await entered({ start: "a", steps: [raise] }, 3);
    expect(await dieWorking(context, workflow)).toHaveLength(3);
    await work(at(context, seconds(59)), workflow);
    expect(await states(context, workflow)).toEqual({ "working a": 3 });
    await work(at(context, seconds(61)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished a": 3 });
  });

  it("changes nothing when it comes back late", async () => {
    const [context, workflow] = await entered({ start: "a", steps: [raise] }, 2);
    const batch = await dieWorking(context, workflow);
    const later = at(context, seconds(61));
    await work(later, workflow);
    const before = await history(context, workflow);
    const steps = stepsOf(workflow.definition);
    const travel = { workflow, steps, timeZone: "UTC", now: seconds(62) };
    const step = steps.get("a");
    if (!step) throw new Error("no step");
    await workBatch(later, { travel, step, batch });
    expect(await history(context, workflow)).toEqual(before);
    expect(await verifyAccount(context)).toMatchObject({ differences: [] });
  });

  it("is parked alone with the contact that kills it, and the rest goes on", async () => {
    const [context, workflow] = await entered({ start: "a", steps: [raise] }, 60);
    const killer = async (claim: Awaited<ReturnType<typeof dieWorking>>, count: number) => {
      expect(claim).toHaveLength(count);
    };
    await killer(await dieWorking(context, workflow), 60);
    await killer(await dieWorking(at(context, seconds(61)), workflow), 50);
    // Those of the first claim that the second did not take are worked; of the fifty each comes alone.
    const third = at(context, seconds(122));
    await killer(await dieWorking(third, workflow), 10);
    await killer(await dieWorking(third, workflow), 1);
    await work(at(context, seconds(200)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished a": 59, "parked a crashed": 1 });
  });
});

it("a worker that dies leaves its contacts to one other, however the clock jumps", async () => {
  const [context, workflow] = await entered({ start: "a", steps: [raise] }, 3);
  await dieWorking(context, workflow);
  await work(at(context, hours(-5)), workflow);
  expect(await states(context, workflow)).toEqual({ "working a": 3 });
  await work(at(context, hours(8_760)), workflow);
  await work(at(context, hours(-5)), workflow);
  expect(await states(context, workflow)).toEqual({ "finished a": 3 });
  expect(await history(context, workflow)).toMatchObject({ "a done set": 3 });
});

it("a long value is written like a short one", async () => {
  const context = await account(database.db);
  const { name } = await createProperty(context, { ...longText, label: "Notes" });
  const value = Array.from({ length: 100 }, (_, n) => createHash("md5").update(String(n)).digest("hex"));
  const set = { id: "a", type: "set_property", propertyName: name, value: value.join("") };
  const workflow = await running(context, { start: "a", steps: [set] });
  const ids = await buildContacts(context.db, context.accountId, 1);
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  await work(context, workflow);
  expect(await history(context, workflow)).toMatchObject({ "a done edited": 1 });
});

it("counts whoever is taken out as having left", async () => {
  const [context, workflow, ids] = await entered({ start: "a", steps: [raise] }, 3);
  const workflowId = workflow.id;
  await unenroll(context, { workflowId, contactIds: ids.slice(0, 1) });
  await turnOffWorkflow(context, { workflowId, inside: "leave" });
  const { days } = await showNumbers(context, { workflowId });
  expect(days).toMatchObject([{ enrolled: 3, finished: 0, left: 3 }]);
});

describe("what a workflow has done on a day", () => {
  it("is one operation, and is taken back as one", async () => {
    const [context, workflow, ids] = await entered({ start: "a", steps: [raise] }, 2);
    await work(context, workflow);
    const more = await buildContacts(context.db, context.accountId, 1);
    await enrollContacts(context, { workflow, ids: more, cause: "manual" });
    await work(context, workflow);
    const { rows } = await sql<{ id: string; total: number }>`select id, total::int as total from operation
      where account_id = ${context.accountId} and source_type = 'WORKFLOW'`.execute(context.db);
    expect(rows.map(({ total }) => total)).toEqual([ids.length + more.length]);
    const undo = await undoOperation(context, { operationId: rows[0]?.id ?? "" });
    await workOperation(context, undo.operationId, () => {});
    expect(await verifyAccount(context)).toMatchObject({ marketing: 0, differences: [] });
  });
});

let server: Server | undefined;
afterEach(() => {
  server?.close();
  delete process.env["HEADROOM_OUTBOUND_ALLOW"];
});

interface Received {
  readonly key: string;
  readonly signature: string;
  readonly body: string;
}

async function receiver(statuses: number[], headers = {}, answer = ""): Promise<[string, Received[]]> {
  const received: Received[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const { "idempotency-key": key, "headroom-signature": signature } = request.headers;
      received.push({ key: String(key), signature: String(signature), body });
      response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 200) : (statuses[0] ?? 200), headers);
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => void server?.listen(0, "127.0.0.1", resolve));
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place;
  return [`http://${place}/hook`, received];
}

describe("a webhook", () => {
  it("is retried with the same key until it succeeds, and the history says so", async () => {
    const [url, received] = await receiver([429, 503, 200], { "retry-after": "40" });
    const [context, workflow] = await entered({ start: "w", steps: [{ id: "w", type: "webhook", url }] }, 1);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "retrying w rate_limited": 1 });
    await work(at(context, seconds(39)), workflow);
    expect(received).toHaveLength(1);
    await work(at(context, seconds(41)), workflow);
    await work(at(context, seconds(41 + 41)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished w": 1 });
    expect(await history(context, workflow)).toMatchObject({
      "w info rate_limited": 1,
      "w info answered": 1,
      "w done delivered": 1,
    });
    expect(new Set(received.map(({ key }) => key)).size).toBe(1);
  });

  it("carries a signature that the receiver can check", async () => {
    const [url, received] = await receiver([200]);
    const [context, workflow] = await entered({ start: "w", steps: [{ id: "w", type: "webhook", url }] }, 1);
    await work(context, workflow);
    const [first] = received;
    if (!first) throw new Error("Nothing came.");
    const { signature, body } = first;
    const when = Number(/t=(\d+)/.exec(signature)?.[1]);
    expect(isSigned(signature, { accountId: context.accountId, at: when, body })).toBe(true);
    expect(isSigned(signature, { accountId: context.accountId, at: when, body: `${body} ` })).toBe(false);
  });

  it.each([
    [400, "parked w answered"],
    [410, "finished w"],
    [302, "parked w answered"],
  ])("that answers %i: %s", async (status, state) => {
    const [url] = await receiver([status]);
    const [context, workflow] = await entered({ start: "w", steps: [{ id: "w", type: "webhook", url }] }, 1);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ [state]: 1 });
  });
});

it.each(["no\0thing", `${"x".repeat(499)}😀`])("a webhook keeps any answer: %j", async (answer) => {
  const [url] = await receiver([400], {}, answer);
  const [context, workflow] = await entered({ start: "w", steps: [{ id: "w", type: "webhook", url }] }, 1);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "parked w answered": 1 });
});

describe("a webhook that may not go out", () => {
  it("never reaches inside", async () => {
    const [context, workflow] = await entered(
      { start: "w", steps: [{ id: "w", type: "webhook", url: "http://169.254.169.254/latest" }] },
      1,
    );
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "parked w blocked": 1 });
  });

  it("of a marketing tool skips non-marketing contacts, who take their own way", async () => {
    const [url, received] = await receiver([200]);
    const steps = [
      { id: "w", type: "webhook", url, marketingTool: true, skipped: "x" },
      { id: "x", type: "end" },
    ];
    const [context, workflow] = await entered({ start: "w", steps }, 2);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished x": 2 });
    expect(received).toHaveLength(0);
  });
});

describe("a workflow whose owner may no longer do what it does", () => {
  it("is paused with everybody inside, and goes on when somebody takes it over", async () => {
    const [context, workflow] = await entered({ start: "a", steps: [raise] }, 2);
    const role = (key: string) =>
      sql`update role set key = ${key} where account_id = ${context.accountId}`.execute(context.db);
    await role("sales");
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "active a": 2 });
    expect((await showWorkflow(context, { workflowId: workflow.id })).pauseReason).toBe(
      "owner_without_right",
    );
    await role("marketing");
    await takeOverWorkflow(context, { workflowId: workflow.id });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished a": 2 });
  });

  it("is paused once, however many steps it stands before, and stays off where it was turned off", async () => {
    const steps = [raise, { id: "b", type: "set_status", value: "marketing" }];
    const [context, workflow, ids] = await entered({ start: "a", steps }, 2);
    const { db, accountId } = context;
    await sql`update workflow_enrollment set step = case when contact_id = ${ids[0]} then 'a' else 'b' end
      where account_id = ${accountId}`.execute(db);
    await sql`insert into role (account_id, name, permissions, created_at)
      values (${accountId}, 'Users', '{users.edit}', now())`.execute(db);
    await sql`update account_member m set role_id = r.id from role r
      where m.account_id = ${accountId} and r.account_id = ${accountId} and r.name = 'Users'`.execute(db);
    await work(context, workflow);
    const { rows } = await sql`select id from notice where account_id = ${accountId}`.execute(db);
    expect(rows).toHaveLength(1);
    expect(await states(context, workflow)).toEqual({ "active a": 1, "active b": 1 });
    await turnOffWorkflow(context, { workflowId: workflow.id, inside: "wait" });
    const step = stepsOf(workflow.definition).get("a");
    if (!step) throw new Error("no step");
    await pauseForRights(context, { workflow, step, batch: [], now: seconds(1) });
    expect((await showWorkflow(context, { workflowId: workflow.id })).state).toBe("off");
  });
});
