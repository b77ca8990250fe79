import { afterAll, beforeAll, expect, it } from "vitest";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { keepLists } from "#server/lists/upkeep/keep-lists.ts";
import type { Context } from "#server/platform/context.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, states, turnedOn, work } from "#test/workflow.ts";
import { turnOffWorkflow, turnOnWorkflow } from "../builder/turn-on.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { hearAll } from "./hear-workflows.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const end = { id: "e", type: "end" };
const inLund = { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "Lund" }] }] };
const contact = async (context: Context, properties = {}) =>
  (await createContact(context, { properties })).id;

it("what happened before a workflow was turned on brings nobody in", async () => {
  const context = await account(database.db);
  const definition = { triggers: [{ type: "contact_created" }], start: "e", steps: [end] };
  const first = await turnedOn(context, definition);
  await contact(context);
  const second = await turnedOn(context, definition);
  await hearAll(context);
  expect(await states(context, first)).toEqual({ active: 1 });
  expect(await states(context, second)).toEqual({});
  await turnOffWorkflow(context, { workflowId: second.id, inside: "wait" });
  await contact(context);
  await turnOnWorkflow(context, { workflowId: second.id, revision: 2, enrollExisting: false });
  await hearAll(context);
  expect(await states(context, second)).toEqual({});
  await contact(context);
  await hearAll(context);
  expect(await states(context, second)).toEqual({ active: 1 });
});

it("what happened just before a running workflow changed is still heard by it", async () => {
  const context = await account(database.db);
  const workflow = await turnedOn(context, {
    triggers: [{ type: "contact_created" }],
    start: "e",
    steps: [end],
  });
  await contact(context);
  await turnOnWorkflow(context, { workflowId: workflow.id, revision: 2, enrollExisting: false });
  await hearAll(context);
  expect(await states(context, workflow)).toEqual({ active: 1 });
});

it("what happened to a contact before it began to wait does not wake it", async () => {
  const context = await account(database.db);
  const happening = { type: "property_changed", propertyName: "city" };
  const until = {
    kind: "happening",
    happening,
    limit: { amount: 5, unit: "days" },
    timedOut: null,
  };
  const workflow = await turnedOn(context, {
    start: "d",
    steps: [{ id: "d", type: "delay", until, next: "e" }, end],
  });
  const contactId = await contact(context);
  await updateContact(context, { contactId, properties: { city: "Lund" } });
  await enrollContacts(context, { workflow, ids: [contactId], cause: "manual" });
  await work(context, workflow);
  await hearAll(context);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "waiting d": 1 });
  await updateContact(context, { contactId, properties: { city: "Malmö" } });
  await hearAll(context);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished e": 1 });
});

it("who comes to meet a filter before it is settled enters, who met it before does not", async () => {
  const context = await account(database.db);
  await contact(context, { city: "Lund" });
  const workflow = await turnedOn(context, {
    triggers: [{ type: "filter_met", filter: inLund }],
    start: "e",
    steps: [end],
  });
  await keepLists(context);
  await contact(context, { city: "Lund" });
  await keepLists(context);
  await hearAll(context);
  await hearAll(context);
  expect(await states(context, workflow)).toEqual({ active: 1 });
});
