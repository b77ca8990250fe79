import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { keepLists } from "#server/lists/upkeep/keep-lists.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, history, turnedOn, work, workOperations } from "#test/workflow.ts";
import { loadRunning } from "../load-workflow.ts";
import { hearAll } from "../triggers/hear-workflows.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { createWorkflow, saveDraft } from "./change-workflow.ts";
import { enrollStanding, enrollStandingLate } from "./enroll-standing.ts";
import { beginWorkflow, turnOffWorkflow, turnOnWorkflow } from "./turn-on.ts";

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

const everybodyAnew = {
  triggers: [{ type: "opted_out" }, { type: "filter_met", filter: customers }],
  reenroll: { manual: true, on: [0, 1] },
  start: "e",
  steps: [{ id: "e", type: "end" }],
};

/** A workflow that listens, and has not entered those who meet it already. */
async function begun(context: Context): Promise<RunningWorkflow> {
  const made = await createWorkflow(context, { name: `Begun ${Date.now()}`, folder: "", template: "blank" });
  const { revision } = await saveDraft(context, {
    workflowId: made.id,
    revision: made.revision,
    definition: workflowDefinition.parse(everybodyAnew),
  });
  await beginWorkflow(context, { workflowId: made.id, revision, enrollExisting: true });
  return (await loadRunning(context, made.id)) as RunningWorkflow;
}

const optOut = (context: Context, contactId: string) =>
  inTransaction(context, (own) =>
    saveFacts(own, { sourceType: "USER_SET", facts: [{ kind: "opt_out", contactId, reason: "" }] }),
  );
const entries = async (context: Context, workflow: RunningWorkflow) => {
  const { rows } = await sql<{
    times: number;
    contacts: number;
  }>`select times, count(*)::int as contacts from (
      select count(*)::int as times from workflow_enrollment
      where account_id = ${context.accountId} and workflow_id = ${workflow.id} group by contact_id) e
    group by 1 order by 1`.execute(context.db);
  return Object.fromEntries(rows.map(({ times, contacts }) => [times, contacts]));
};

describe("who meets a trigger when it is turned on", () => {
  it("enters once, whoever comes to meet it meanwhile too, heard or not", async () => {
    const context = await account(database.db);
    const [before, heard, unheard, bystander] = await buildContacts(database.db, context.accountId, 4);
    await optOut(context, before as string);
    const workflow = await begun(context);
    await optOut(context, heard as string);
    await hearAll(context);
    await work(context, workflow);
    await optOut(context, unheard as string);
    await enrollStanding(context, { workflowId: workflow.id });
    await enrollStandingLate(context, { workflowId: workflow.id, actor: context.actor });
    await settle(context, workflow);
    expect(await entries(context, workflow)).toEqual({ 1: 3 });
    await optOut(context, bystander as string);
    await settle(context, workflow);
    expect(await entries(context, workflow)).toEqual({ 1: 4 });
  });

  it("is still known by its filter when that has been worked in before they enter", async () => {
    const context = await people();
    const workflow = await begun(context);
    await settle(context, workflow);
    await enrollStandingLate(context, { workflowId: workflow.id, actor: context.actor });
    await settle(context, workflow);
    expect(await entries(context, workflow)).toEqual({ 1: 6 });
  });

  it("keeps no writer waiting while they are found", async () => {
    const context = await people();
    const workflow = await begun(context);
    await inTransaction(context, async (entering) => {
      await enrollStanding(entering, { workflowId: workflow.id });
      await createContact(context, { properties: {} });
    });
    await settle(context, workflow);
    expect(await entries(context, workflow)).toEqual({ 1: 6 });
  });

  it("does not enter once it is turned off", async () => {
    const context = await people();
    const workflow = await begun(context);
    await turnOffWorkflow(context, { workflowId: workflow.id, inside: "wait" });
    await enrollStandingLate(context, { workflowId: workflow.id, actor: context.actor });
    await settle(context, workflow);
    expect(await entries(context, workflow)).toEqual({});
  });
});

it("nobody enters twice or not at all while people opt out and are heard as it is turned on", async () => {
  const context = await account(database.db);
  const ids = await buildContacts(database.db, context.accountId, 60);
  for (const id of ids.slice(0, 20)) await optOut(context, id);
  const isOn = new AbortController();
  const writing = [20, 40].map(async (first) => {
    for (const id of ids.slice(first, first + 20)) await optOut(context, id);
  });
  const hearing = (async () => {
    while (!isOn.signal.aborted) await hearAll(context);
  })();
  const workflow = await turnedOn(context, everybodyAnew, { enrollExisting: true }).finally(() =>
    isOn.abort(),
  );
  await Promise.all([...writing, hearing]);
  await settle(context, workflow);
  expect(await entries(context, workflow)).toEqual({ 1: 60 });
});
