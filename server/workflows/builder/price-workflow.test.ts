import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, history, running, states, work } from "#test/workflow.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { priceWorkflow } from "./price-workflow.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const inCity = (value: string) => ({
  filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value }] }],
});
const raise = (id: string, next: string) => ({ id, type: "set_status", value: "marketing", next });
const end = (id: string) => ({ id, type: "end" });

it("shares the room among branches in their order, as it is then", async () => {
  const context = await account(database.db);
  const { db, accountId } = context;
  await sql`update billing_account set tier = 5 where account_id = ${accountId}`.execute(db);
  const ids = await buildContacts(db, accountId, 8);
  await sql`update contact set city = case when id = any(${ids.slice(0, 4)}::bigint[]) then 'Lund' else 'Malmö' end
    where account_id = ${accountId}`.execute(db);
  const definition = workflowDefinition.parse({
    triggers: [
      {
        type: "filter_met",
        filter: { filterGroups: [...inCity("Lund").filterGroups, ...inCity("Malmö").filterGroups] },
      },
    ],
    start: "b",
    steps: [
      { id: "b", type: "branch", branches: [{ name: "Lund", filter: inCity("Lund"), next: "l" }], next: "m" },
      raise("l", "e"),
      { ...raise("m", "e"), branches: { held: "h" } },
      end("e"),
      end("h"),
    ],
  });
  const workflow = await running(context, definition);
  const price = await priceWorkflow(context, { workflowId: workflow.id, definition });
  expect(price.enrolls).toBe(8);
  expect(price.steps).toMatchObject({
    l: { contacts: 4, outcomes: [{ outcome: "set_marketing", contacts: 4 }] },
    m: {
      contacts: 4,
      outcomes: [
        { outcome: "held", contacts: 3 },
        { outcome: "set_marketing", contacts: 1 },
      ],
    },
    e: { contacts: 5 },
    h: { contacts: 3 },
  });
  expect(price.usage).toMatchObject({ now: 0, after: 5 });
  await enrollContacts(context, { workflow, ids, cause: 0 });
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished e": 5, "finished h": 3 });
  expect(await history(context, workflow)).toMatchObject({
    "l done set": 4,
    "m done set": 1,
    "m done held": 3,
  });
});

it("lets who is held stay where no way is chosen", async () => {
  const context = await account(database.db);
  await sql`update billing_account set tier = 1 where account_id = ${context.accountId}`.execute(context.db);
  const ids = await buildContacts(context.db, context.accountId, 3);
  await sql`update contact set city = 'Lund' where account_id = ${context.accountId}`.execute(context.db);
  const definition = workflowDefinition.parse({
    triggers: [{ type: "filter_met", filter: inCity("Lund") }],
    start: "l",
    steps: [raise("l", "e"), end("e")],
  });
  const workflow = await running(context, definition);
  const { steps } = await priceWorkflow(context, { workflowId: workflow.id, definition });
  expect(steps).toMatchObject({ l: { contacts: 3 }, e: { contacts: 1 } });
  await enrollContacts(context, { workflow, ids, cause: 0 });
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished e": 1, "waiting l held": 2 });
});
