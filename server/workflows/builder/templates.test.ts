import { afterAll, beforeAll, expect, it } from "vitest";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, states, work } from "#test/workflow.ts";
import { loadRunning } from "../load-workflow.ts";
import { hearAll } from "../triggers/hear-workflows.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { createWorkflow, saveDraft } from "./change-workflow.ts";
import { turnOnWorkflow } from "./turn-on.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

it.each(["unsubscribed", "gone_quiet", "customer"] as const)(
  "%s can be turned on as it is",
  async (template) => {
    const context = await account(database.db);
    const { problems } = await createWorkflow(context, { name: template, folder: "", template });
    expect(problems).toEqual([]);
  },
);

it("a form is whatever property a form tool fills in, and nothing else is missing", async () => {
  const context = await account(database.db);
  const made = await createWorkflow(context, { name: "Forms", folder: "", template: "form" });
  expect(made.problems.map(({ step, field }) => [step, field])).toEqual([[null, "triggers.0.propertyName"]]);
  const triggers = [{ type: "property_changed", propertyName: "jobtitle" }];
  const { id: workflowId, revision } = await saveDraft(context, {
    workflowId: made.id,
    revision: made.revision,
    definition: workflowDefinition.parse({ ...made.draft, triggers }),
  });
  await turnOnWorkflow(context, { workflowId, revision, enrollExisting: true });
  const { id: contactId } = await createContact(context, { properties: { city: "Lund" } });
  await updateContact(context, { contactId, properties: { jobtitle: "Buyer" } });
  await createContact(context, { properties: { city: "Lund" } });
  await hearAll(context);
  const workflow = (await loadRunning(context, workflowId)) as RunningWorkflow;
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished status": 1 });
});
