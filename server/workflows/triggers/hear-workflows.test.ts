import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { keepLists } from "#server/lists/upkeep/keep-lists.ts";
import { addContactFact } from "#server/marketing-status/protection/change-facts.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, states, turnedOn, work, workOperations } from "#test/workflow.ts";
import { saveDraft } from "../builder/change-workflow.ts";
import { turnOffWorkflow, turnOnWorkflow } from "../builder/turn-on.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { hearAll } from "./hear-workflows.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Everything that runs by itself, until nothing is left to do. */
async function settle(context: Context, workflow: RunningWorkflow): Promise<void> {
  await workOperations(context);
  for (let round = 0; round < 3; round++) {
    await keepLists(context);
    await hearAll(context);
    await work(context, workflow);
  }
}

async function contact(context: Context, properties: Record<string, string> = {}): Promise<string> {
  return (await createContact(context, { properties })).id;
}

const end = { id: "e", type: "end" };
const inLund = { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "Lund" }] }] };

type Happen = (context: Context) => Promise<unknown>;
const happenings: [string, object, Happen][] = [
  ["creates", { type: "contact_created" }, async (context: Context) => void (await contact(context))],
  [
    "changes a property",
    { type: "property_changed", propertyName: "city", value: "Lund" },
    async (context: Context) => {
      const [one, other] = [await contact(context), await contact(context)];
      await updateContact(context, { contactId: one, properties: { city: "Lund" } });
      await updateContact(context, { contactId: other, properties: { city: "Malmö" } });
    },
  ],
  [
    "raises",
    { type: "status_changed", to: "marketing" },
    async (context: Context) => {
      const id = await contact(context);
      await setMarketing(context, { ids: [id], sourceType: "USER_SET" });
    },
  ],
  [
    "opts out",
    { type: "opted_out" },
    async (context: Context) => {
      const contactId = await contact(context);
      await addContactFact(context, { contactId, kind: "opt_out", reason: "" });
    },
  ],
  [
    "lets meet a filter",
    { type: "filter_met", filter: inLund },
    async (context: Context) => {
      const contactId = await contact(context);
      await updateContact(context, { contactId, properties: { city: "Lund" } });
      await contact(context, { city: "Malmö" });
    },
  ],
];

describe("a workflow that is on", () => {
  it.each(happenings)("enters whom somebody %s", async (_, trigger, happen) => {
    const context = await account(database.db);
    const workflow = await turnedOn(context, { triggers: [trigger], start: "e", steps: [end] });
    await settle(context, workflow);
    await happen(context);
    await settle(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished e": 1 });
  });

  it.each([
    [false, {}],
    [true, { "finished e": 1 }],
  ])("and those who meet its filter already: %s", async (enrollExisting, expected) => {
    const context = await account(database.db);
    await contact(context, { city: "Lund" });
    const trigger = { type: "filter_met", filter: inLund };
    const workflow = await turnedOn(
      context,
      { triggers: [trigger], start: "e", steps: [end] },
      { enrollExisting },
    );
    await settle(context, workflow);
    expect(await states(context, workflow)).toEqual(expected);
  });
});

it("whoever comes to meet a filter while it is still being worked in is no old acquaintance", async () => {
  const context = await account(database.db);
  await contact(context, { city: "Lund" });
  const contactId = await contact(context, { city: "Malmö" });
  const trigger = { type: "filter_met", filter: inLund };
  const workflow = await turnedOn(context, { triggers: [trigger], start: "e", steps: [end] });
  await updateContact(context, { contactId, properties: { city: "Lund" } });
  await settle(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished e": 1 });
});

describe("a workflow that goes on and off", () => {
  it("hears nothing any more when it is off", async () => {
    const context = await account(database.db);
    const workflow = await turnedOn(context, {
      triggers: [{ type: "contact_created" }],
      start: "e",
      steps: [end],
    });
    await turnOffWorkflow(context, { workflowId: workflow.id, inside: "wait" });
    await contact(context);
    await settle(context, workflow);
    expect(await states(context, workflow)).toEqual({});
  });

  it("lets a contact go on when what it waits for happens", async () => {
    const context = await account(database.db);
    const until = {
      kind: "happening",
      happening: { type: "filter_met", filter: inLund },
      limit: { amount: 5, unit: "days" },
      timedOut: "late",
    };
    const workflow = await turnedOn(context, {
      triggers: [{ type: "contact_created" }],
      start: "d",
      steps: [{ id: "d", type: "delay", until, next: "e" }, end, { id: "late", type: "end" }],
    });
    await settle(context, workflow);
    const contactId = await contact(context);
    await contact(context);
    await settle(context, workflow);
    await updateContact(context, { contactId, properties: { city: "Lund" } });
    await settle(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished e": 1, "waiting d": 1 });
  });
});

it("what is committed after a contact has begun to wait is what it waits for", async () => {
  const context = await account(database.db);
  const contactId = await contact(context);
  const happening = { type: "property_changed", propertyName: "city" };
  const until = { kind: "happening", happening, limit: { amount: 5, unit: "days" }, timedOut: null };
  const steps = [{ id: "d", type: "delay", until, next: "e" }, end];
  const workflow = await turnedOn(context, { start: "d", steps });
  await enrollContacts(context, { workflow, ids: [contactId], cause: "manual" });
  await inTransaction(context, async (changing) => {
    await updateContact(changing, { contactId, properties: { city: "Lund" } });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "waiting d": 1 });
  });
  await settle(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished e": 1 });
});

describe("a workflow that was off meanwhile", () => {
  it("still hears what contacts of an older version wait for", async () => {
    const context = await account(database.db);
    const until = {
      kind: "happening",
      happening: { type: "filter_met", filter: inLund },
      limit: { amount: 5, unit: "days" },
      timedOut: "late",
    };
    const steps = [{ id: "d", type: "delay", until, next: "e" }, end, { id: "late", type: "end" }];
    const workflow = await turnedOn(context, { triggers: [{ type: "contact_created" }], start: "d", steps });
    await settle(context, workflow);
    const contactId = await contact(context);
    await settle(context, workflow);
    const workflowId = workflow.id;
    const { revision } = await turnOffWorkflow(context, { workflowId, inside: "wait" });
    const definition = workflowDefinition.parse({ triggers: [], start: "e", steps: [end] });
    const saved = await saveDraft(context, { workflowId, revision, definition });
    await turnOnWorkflow(context, { workflowId, revision: saved.revision, enrollExisting: false });
    await settle(context, workflow);
    await updateContact(context, { contactId, properties: { city: "Lund" } });
    await settle(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished e": 1 });
  });
});

describe("turning on", () => {
  it("is refused while something must be mended", async () => {
    const context = await account(database.db);
    await expect(turnedOn(context, {})).rejects.toMatchObject({ reason: "workflows:has_problems" });
  });

  it("is refused to whom may not do by hand what it would do", async () => {
    const context = await account(database.db);
    const limited = {
      ...context,
      actor: { ...context.actor, permissions: new Set(["workflows.edit"] as const) },
    };
    const definition = { start: "a", steps: [{ id: "a", type: "set_status", value: "marketing" }] };
    await expect(turnedOn(limited, definition)).rejects.toMatchObject({
      details: { permission: "marketing-contacts.edit" },
    });
  });
});
