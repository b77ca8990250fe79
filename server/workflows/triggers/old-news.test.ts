import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { saveEngagement } from "#server/contacts/engagement/save-engagement.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { keepLists } from "#server/lists/upkeep/keep-lists.ts";
import { addContactFact } from "#server/marketing-status/protection/change-facts.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { makeList, where } from "#test/lists.ts";
import { account, november, states, turnedOn, work, workOperations } from "#test/workflow.ts";
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

const end = { id: "e", type: "end" };
const inLund = where("city", "EQ", "Lund");
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

const meetingLund = { triggers: [{ type: "filter_met", filter: inLund }], start: "e", steps: [end] };
const tend = async (context: Context) => {
  for (let round = 0; round < 2; round++) {
    await keepLists(context);
    await hearAll(context);
  }
};
/** Somebody else's list, for which changes are noted before the workflow is turned on. */
const watched = async () => {
  const context = await account(database.db);
  await makeList(context, inLund);
  await makeList(context, where("company", "HAS_PROPERTY"));
  await keepLists(context);
  return context;
};

describe("who is a newcomer to a filter", () => {
  it("is decided by what was committed when it was turned on, whatever lists know by then", async () => {
    const context = await watched();
    const before = await contact(context);
    await updateContact(context, { contactId: before, properties: { city: "Lund" } });
    const workflow = await turnedOn(context, meetingLund);
    await contact(context, { city: "Lund" });
    await tend(context);
    expect(await states(context, workflow)).toEqual({ active: 1 });
  });

  it("is nobody who met it all along and only changes otherwise while it is worked in", async () => {
    const context = await watched();
    const contactId = await contact(context, { city: "Lund" });
    const workflow = await turnedOn(context, meetingLund);
    await updateContact(context, { contactId, properties: { company: "Tallmark" } });
    await tend(context);
    expect(await states(context, workflow)).toEqual({});
  });

  it("is whoever was being changed then, and is committed later", async () => {
    const context = await watched();
    const engaged = where("recent_conversion_date", "HAS_PROPERTY");
    await makeList(context, engaged);
    await keepLists(context);
    const contactId = await contact(context);
    let workflow: RunningWorkflow | undefined;
    await inTransaction(context, async (writer) => {
      await saveEngagement(writer, [{ contactId, convertedAt: november }]);
      const triggers = [{ type: "filter_met", filter: engaged }];
      workflow = await turnedOn(context, { ...meetingLund, triggers });
      await keepLists(context);
    });
    await tend(context);
    expect(await states(context, workflow as RunningWorkflow)).toEqual({ active: 1 });
  });

  it("is whoever came just before a running workflow changed, once", async () => {
    const context = await account(database.db);
    await contact(context, { city: "Lund" });
    const workflow = await turnedOn(context, meetingLund);
    await tend(context);
    await contact(context, { city: "Lund" });
    await turnOnWorkflow(context, { workflowId: workflow.id, revision: 2, enrollExisting: false });
    await tend(context);
    expect(await states(context, workflow)).toEqual({ active: 1 });
  });
});

/** Turns a workflow on while somebody changes something, and waits until it waits for that or is on. */
async function turnedOnDuring(
  context: Context,
  change: (writer: Context) => Promise<unknown>,
  turnOn: () => Promise<RunningWorkflow>,
): Promise<{ workflow: RunningWorkflow; before: boolean }> {
  let on = false;
  let turning: Promise<RunningWorkflow> | undefined;
  const before = await inTransaction(context, async (writer) => {
    await change(writer);
    turning = turnOn().finally(() => {
      on = true;
    });
    await vi.waitUntil(async () => on || (await isWaiting()), { timeout: 20_000 });
    return !on;
  });
  return { workflow: await (turning as Promise<RunningWorkflow>), before };
}

const isWaiting = async () =>
  (
    await sql`select from pg_locks where not granted and locktype = 'advisory' and database =
    (select oid from pg_database where datname = current_database())`.execute(database.db)
  ).rows.length > 0;

describe("what is being done while a workflow is turned on", () => {
  it.each([
    ["opted_out", "opt_out"],
    ["bounced", "bounce"],
  ] as const)("counts among those who meet it already: %s", async (type, kind) => {
    const context = await account(database.db);
    const contactId = await contact(context);
    const { workflow } = await turnedOnDuring(
      context,
      (writer) =>
        addContactFact(writer, { contactId, kind, reason: kind === "bounce" ? "unknown_user" : "" }),
      () => turnedOn(context, { triggers: [{ type }], start: "e", steps: [end] }, { enrollExisting: true }),
    );
    await workOperations(context);
    await hearAll(context);
    expect(await states(context, workflow)).toEqual({ active: 1 });
  });

  it("keeps nobody waiting where only a filter brings contacts in", async () => {
    const context = await account(database.db);
    const { before } = await turnedOnDuring(context, contact, () => turnedOn(context, meetingLund));
    expect(before).toBe(false);
  });

  it("is done before it is on, and what follows is heard", async () => {
    const context = await account(database.db);
    const definition = { triggers: [{ type: "contact_created" }], start: "e", steps: [end] };
    const { workflow, before } = await turnedOnDuring(context, contact, () => turnedOn(context, definition));
    expect(before).toBe(true);
    await contact(context);
    await hearAll(context);
    expect(await states(context, workflow)).toEqual({ active: 1 });
  });
});
