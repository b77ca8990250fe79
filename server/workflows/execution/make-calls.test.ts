import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, running, states } from "#test/workflow.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { makeCalls } from "./make-calls.ts";

let database: FreshDatabase;
let server: Server;
const silent: ServerResponse[] = [];
let isSilent = true;
beforeAll(async () => {
  database = await freshDatabase();
  server = createServer((request, response) => {
    request.resume().on("end", () => {
      if (isSilent && request.url === "/silent") silent.push(response);
      else response.end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place();
});
afterAll(async () => {
  delete process.env["HEADROOM_OUTBOUND_ALLOW"];
  server.closeAllConnections();
  server.close();
  await database.close();
});

const place = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;

async function calling(context: Context, path: string, count: number): Promise<RunningWorkflow> {
  const ids = await buildContacts(context.db, context.accountId, count);
  const step = { id: "w", type: "webhook", url: `http://${place()}${path}` };
  const workflow = await running(context, { start: "w", steps: [step] });
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  return workflow;
}

it("makes the calls of one workflow while the host of another hangs, of which only some are under way", async () => {
  const context = await account(database.db);
  const hanging = await calling(context, "/silent", 60);
  const closing = new AbortController();
  const worker = makeCalls({ ...context, signal: closing.signal });
  await expect.poll(() => silent.length, { timeout: 20_000 }).toBe(10);
  const other = await calling(context, "/", 3);
  await expect.poll(() => states(context, other), { timeout: 20_000 }).toEqual({ "finished w": 3 });
  expect(silent).toHaveLength(10);
  closing.abort();
  isSilent = false;
  for (const response of silent) response.end();
  await worker;
  expect((await states(context, hanging))["finished w"]).toBe(50);
});
