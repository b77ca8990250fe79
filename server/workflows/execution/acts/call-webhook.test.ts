import { createHmac } from "node:crypto";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, history, hours, november, running, states, work } from "#test/workflow.ts";
import { showWebhookSecret } from "../../care/show-webhook-secret.ts";
import { enrollContacts } from "../../enrollment/enroll-contacts.ts";
import { retryParked } from "../../history/retry-parked.ts";
import type { RunningWorkflow } from "../../workflow.ts";

let database: FreshDatabase;
let server: Server | undefined;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterEach(() => {
  vi.useRealTimers();
  server?.closeAllConnections();
  server?.close();
  delete process.env["HEADROOM_OUTBOUND_ALLOW"];
});
afterAll(() => database.close());

function receiver(answer: RequestListener): Promise<string> {
  return listening((request, response) => void request.resume().on("end", () => answer(request, response)));
}

async function listening(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => void server?.listen(0, "127.0.0.1", resolve));
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place;
  return `http://${place}/hook`;
}

async function calling(url: string): Promise<[Context, RunningWorkflow]> {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, 1);
  const workflow = await running(context, { start: "w", steps: [{ id: "w", type: "webhook", url }] });
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  await work(context, workflow);
  return [context, workflow];
}

/** Seconds until the next try. */
async function pause({ db, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ dueAt: Date }>`select due_at as "dueAt" from workflow_enrollment
    where account_id = ${accountId} and state = 'retrying'`.execute(db);
  return ((rows[0]?.dueAt.getTime() ?? 0) - november.getTime()) / 1_000;
}

describe("a receiver that asks for less", () => {
  it.each([
    ["a number", "120", 120],
    ["too little", "0", 15],
    ["less than nothing", "-30", 15],
    ["a day that has passed", "Sun, 22 Nov 2020 00:00:00 GMT", 15],
    ["more than a day", "999999999", 86_400],
    ["a number beyond numbers", "99999999999999999999", 15],
    ["words", "later, please", 15],
    ["nothing", "", 15],
  ])("gets what is sensible where it says %s", async (_, header, seconds) => {
    const url = await receiver((_, response) => response.writeHead(429, { "retry-after": header }).end());
    const [context, workflow] = await calling(url);
    expect(await states(context, workflow)).toEqual({ "retrying w rate_limited": 1 });
    expect(await pause(context)).toBe(seconds);
  });
});

describe("a receiver in trouble", () => {
  it.each([500, 502, 503, 504, 408, 425])("that answers %i is tried until it succeeds", async (status) => {
    let calls = 0;
    const url = await receiver((_, response) => response.writeHead(++calls < 3 ? status : 204).end());
    const [context, workflow] = await calling(url);
    for (const seconds of [15, 45]) await work(at(context, hours(seconds / 3_600)), workflow);
    expect(await states(context, workflow)).toEqual({ "finished w": 1 });
    expect(await history(context, workflow)).toMatchObject({ "w info answered": 2, "w done delivered": 1 });
  });

  it("that breaks off is tried again", async () => {
    const url = await receiver((_, response) => response.destroy());
    const [context, workflow] = await calling(url);
    expect(await states(context, workflow)).toEqual({ "retrying w unreachable": 1 });
  });

  it("that leads elsewhere is parked, and nobody goes there", async () => {
    let calls = 0;
    const url = await receiver((request, response) => {
      calls++;
      response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end();
    });
    const [context, workflow] = await calling(url);
    expect(calls).toBe(1);
    expect(await states(context, workflow)).toEqual({ "parked w answered": 1 });
  });

  it("that has refused is called again when a person says so", async () => {
    let calls = 0;
    const url = await receiver((_, response) => response.writeHead(++calls === 1 ? 422 : 200).end());
    const [context, workflow] = await calling(url);
    expect(await states(context, workflow)).toEqual({ "parked w answered": 1 });
    expect(await retryParked(context, { workflowId: workflow.id })).toEqual({ retried: 1 });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished w": 1 });
  });
});

it.each<[string, RequestListener]>([
  ["hangs", () => {}],
  ["drips", (_, response) => void response.writeHead(200).write(".")],
])("a receiver that %s is given up after half a minute, and tried again", async (_, answer) => {
  let arrive: (() => void) | undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const url = await receiver((request, response) => {
    answer(request, response);
    arrive?.();
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const called = calling(url);
  await arrived;
  await vi.advanceTimersByTimeAsync(30_000);
  const [context, workflow] = await called;
  expect(await states(context, workflow)).toEqual({ "retrying w too_slow": 1 });
  expect(await history(context, workflow)).toMatchObject({ "w info too_slow": 1 });
});

it.each([
  [true, 1],
  [false, 0],
])(
  "a raise is taken back as if it never was, unless a marketing tool (%s) was handed the contact",
  async (marketingTool, counting) => {
    const url = await receiver((_, response) => response.writeHead(204).end());
    const context = await account(database.db);
    const ids = await buildContacts(context.db, context.accountId, 1);
    const raise = { selection: { ids }, to: "marketing", includeProtected: false, expect: 1 } as const;
    const { operationId } = await startStatus(context, raise);
    await workOperation(context, operationId, () => {});
    const workflow = await running(context, {
      start: "w",
      steps: [{ id: "w", type: "webhook", url, marketingTool }],
    });
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    const undo = await undoOperation(context, { operationId });
    await workOperation(context, undo.operationId, () => {});
    expect((await showUsage(context, {})).marketing).toBe(counting);
  },
);

it("who stops being a marketing contact while others are called for is skipped", async () => {
  const waiting: ServerResponse[] = [];
  let calls = 0;
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, 11);
  await setMarketing(context, { ids, sourceType: "USER_SET" });
  const endAll = () => waiting.map((each) => each.end());
  // Ten are called for at a time: all of them are answered once the eleventh is none any more.
  const url = await receiver((_, response) => {
    waiting.push(response);
    calls += 1;
    if (calls > 10) response.end();
    if (calls !== 10) return;
    const last = sql`delete from marketing_contact where account_id = ${context.accountId} and contact_id = ${ids[10]}`;
    void last.execute(context.db).then(endAll);
  });
  const steps = [
    { id: "w", type: "webhook", url, marketingTool: true, skipped: "x" },
    { id: "x", type: "end" },
  ];
  const workflow = await running(context, { start: "w", steps });
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  await work(context, workflow);
  expect(calls).toBe(10);
  expect(await states(context, workflow)).toEqual({ "finished w": 10, "finished x": 1 });
});

it("a receiver can check with the secret that people are shown that a call is the account's", async () => {
  let [body, header] = ["", ""];
  const url = await listening((request, response) => {
    header = String(request.headers["headroom-signature"]);
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => response.writeHead(204).end());
  });
  const [context] = await calling(url);
  const { secret, header: name } = await showWebhookSecret(context);
  const [, seconds = "", mac = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  expect(name).toBe("headroom-signature");
  expect(JSON.parse(body)).toMatchObject({ workflow: expect.anything() });
  expect(createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")).toBe(mac);
});
