import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, history, hours, running, states, work } from "#test/workflow.ts";
import { enrollContacts } from "./enrollment/enroll-contacts.ts";
import { workWorkflow } from "./execution/work-due.ts";
import { showNumbers } from "./history/show-history.ts";
import type { RunningWorkflow } from "./workflow.ts";

// What users of comparable programs complain of, each held here.

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

async function entered(definition: object, count: number): Promise<[Context, RunningWorkflow, string[]]> {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, count);
  const workflow = await running(context, definition);
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  return [context, workflow, ids];
}

it("there is no cap above which runs fail, and every count says the same", async () => {
  const people = 10_500;
  const until = { kind: "passed", amount: 1, unit: "hours" };
  const [context, workflow] = await entered(
    {
      start: "a",
      steps: [
        { id: "a", type: "set_property", propertyName: "city", value: "Lund", next: "d" },
        { id: "d", type: "delay", until },
      ],
    },
    people,
  );
  await work(context, workflow);
  const { inside } = await showNumbers(context, { workflowId: workflow.id, days: 90 });
  expect(inside).toEqual([{ step: "d", version: 1, state: "waiting", contacts: people }]);
  const later = at(context, hours(1));
  await work(later, workflow);
  const { total, steps } = await showNumbers(later, { workflowId: workflow.id, days: 90 });
  expect(total).toEqual({ enrolled: people, finished: people, left: 0 });
  expect(steps).toContainEqual({ step: "a", outcome: "edited", contacts: people });
  expect(await states(context, workflow)).toEqual({ "finished d": people });
  expect(await history(context, workflow)).toMatchObject({
    "enrolled manual": people,
    "a done edited": people,
  });
}, 60_000);

it("one bad receiver's answer repeats nothing for the others", async () => {
  const calls: string[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const { contact } = JSON.parse(body) as { contact: { id: string } };
      calls.push(contact.id);
      response.writeHead(contact.id === bad ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => void server?.listen(0, "127.0.0.1", resolve));
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place;
  const steps = [{ id: "w", type: "webhook", url: `http://${place}/hook` }];
  const [context, workflow, ids] = await entered({ start: "w", steps }, 10);
  const bad = ids[4] ?? "";
  for (const seconds of [0, 15, 45]) await work(at(context, hours(seconds / 3_600)), workflow);
  expect(await states(context, workflow)).toEqual({ "finished w": 9, "retrying w answered": 1 });
  expect(calls.filter((id) => id === bad)).toHaveLength(3);
  expect(calls.filter((id) => id !== bad).toSorted()).toEqual(ids.filter((id) => id !== bad).toSorted());
});

it("a step that throws ends nobody's way silently", async () => {
  const [context, workflow] = await entered(
    { start: "a", steps: [{ id: "a", type: "set_property", propertyName: "city", value: "Nowhere" }] },
    3,
  );
  await database.ownerPool.query(`create function refuse() returns trigger language plpgsql as $$
    begin if new.city = 'Nowhere' then raise exception 'no such place'; end if; return new; end $$;
    create trigger refuse before update on contact for each row execute function refuse()`);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "retrying a unexpected": 3 });
  const { rows } = await sql<{
    details: { message: string; nextTry: string };
  }>`select details from workflow_history
    where account_id = ${context.accountId} and kind = 'info'`.execute(context.db);
  expect(rows).toHaveLength(3);
  expect(rows[0]?.details).toMatchObject({ message: "no such place" });
  await database.ownerPool.query("drop trigger refuse on contact; drop function refuse");
  await work(at(context, hours(15 / 3_600)), workflow);
  expect(await states(context, workflow)).toEqual({ "finished a": 3 });
});

it("workflows that enter each other's contacts come to an end", async () => {
  const [context, first] = await entered({ start: "e", steps: [{ id: "e", type: "end" }] }, 1);
  const back = { id: "e", type: "enroll", workflowId: first.id };
  const second = await running(context, { start: "e", steps: [back] });
  const there = workflowDefinition.parse({ start: "e", steps: [{ ...back, workflowId: second.id }] });
  await sql`update workflow_version set definition = ${JSON.stringify(there)}::jsonb
    where account_id = ${context.accountId} and workflow_id = ${first.id}`.execute(context.db);
  for (let round = 0; round < 60; round++) {
    await workWorkflow(context, { workflowId: first.id, outside: false });
    await workWorkflow(context, { workflowId: second.id, outside: false });
  }
  expect(await states(context, second)).toEqual({ "finished e": 25 });
  expect(await history(context, first)).toMatchObject({ "e done stopped": 1 });
});
