import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepLists } from "#server/lists/upkeep/keep-lists.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, history, turnedOn, work, workOperations } from "#test/workflow.ts";
import { hearAll } from "../triggers/hear-workflows.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { turnOnWorkflow } from "./turn-on.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const customers = {
  filterGroups: [{ filters: [{ propertyName: "lifecyclestage", operator: "EQ", value: "customer" }] }],
};
const triggers = [{ type: "filter_met", filter: customers }, { type: "opted_out" }, { type: "bounced" }];

/** Six customers: one has opted out, one bounced, one both. A seventh has bounced and is no customer. */
async function people(): Promise<Context> {
  const context = await account(database.db);
  const { db, accountId } = context;
  const ids = await buildContacts(db, accountId, 7);
  await sql`update contact set lifecyclestage = 'customer'
    where account_id = ${accountId} and id = any(${ids.slice(0, 6)}::bigint[])`.execute(db);
  const fact = (kind: "opt_out" | "bounce", place: number) => ({
    kind,
    contactId: ids[place] ?? "",
    reason: "no_such_user",
  });
  const facts = [
    fact("opt_out", 0),
    fact("bounce", 1),
    fact("opt_out", 2),
    fact("bounce", 2),
    fact("bounce", 6),
  ];
  await saveFacts(context, { sourceType: "USER_SET", facts });
  return context;
}

/** Everything that runs by itself; people go through the workflow between one operation and the next. */
async function settle(context: Context, workflow: RunningWorkflow): Promise<void> {
  await workOperations(context, () => work(context, workflow));
  for (let round = 0; round < 3; round++) {
    await keepLists(context);
    await hearAll(context);
    await work(context, workflow);
  }
}

it.each([
  ["all of them bring people in anew", [0, 1, 2]],
  ["one of them does", [2]],
  ["another one does", [0]],
  ["none does", []],
])("whom several triggers mean enters once when it is turned on, where %s", async (_, on) => {
  const context = await people();
  const definition = {
    triggers,
    reenroll: { manual: true, on },
    start: "e",
    steps: [{ id: "e", type: "end" }],
  };
  const workflow = await turnedOn(context, definition, { enrollExisting: true });
  await settle(context, workflow);
  const told = await history(context, workflow);
  expect(told["e finished"]).toBe(7);
  expect(told["enrolled 0"]).toBe(6);
  await turnOnWorkflow(context, { workflowId: workflow.id, revision: 2, enrollExisting: true });
  await settle(context, workflow);
  const again = { none: 0, "0": 6, "2": 3 }[on.length === 0 ? "none" : String(on[0])];
  expect((await history(context, workflow))["e finished"]).toBe(7 + (on.length === 3 ? 7 : (again ?? 0)));
});
