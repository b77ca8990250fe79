import { afterAll, beforeAll, expect, test } from "vitest";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, states, turnedOn, work, workOperations } from "#test/workflow.ts";
import { createWorkflow } from "./change-workflow.ts";
import { priceWorkflow } from "./price-workflow.ts";
import { templateOf } from "./templates.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const fact = (kind: "opt_out" | "bounce", contactId: string) => ({ kind, contactId, reason: "no_such_user" });

/** Ten marketing contacts: three have opted out, two bounced, one of them both. */
async function people(): Promise<Context> {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, 10);
  await setMarketing(context, { ids, sourceType: "USER_SET" });
  await saveFacts(context, {
    sourceType: "USER_SET",
    facts: [
      ...ids.slice(0, 3).map((id) => fact("opt_out", id)),
      ...ids.slice(2, 4).map((id) => fact("bounce", id)),
    ],
  });
  return context;
}

test("who had opted out or bounced before is priced, and enters when those who match are enrolled", async () => {
  const context = await people();
  const definition = templateOf("unsubscribed");
  const { id } = await createWorkflow(context, { name: "Priced", folder: "", template: "unsubscribed" });
  const price = await priceWorkflow(context, { workflowId: id, definition });
  expect(price.enrolls).toBe(4);
  expect(price.steps["status"]).toMatchObject({
    contacts: 4,
    outcomes: [{ outcome: "scheduled", contacts: 4 }],
  });
  expect(price.usage).toMatchObject({ now: 10, after: 10, atUpdate: 6 });
  const workflow = await turnedOn(context, definition, { enrollExisting: true });
  await workOperations(context);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished status": 4 });
  const afterwards = await priceWorkflow(context, { workflowId: workflow.id, definition });
  expect(afterwards.usage).toMatchObject({ now: 10, atUpdate: 6 });
});

test("who has been in it is not priced again, unless its trigger brings people in anew", async () => {
  const context = await people();
  const definition = { ...templateOf("unsubscribed"), reenroll: { manual: true, on: [] } };
  const workflow = await turnedOn(context, definition, { enrollExisting: true });
  await workOperations(context);
  await work(context, workflow);
  const price = (on: number[]) =>
    priceWorkflow(context, {
      workflowId: workflow.id,
      definition: { ...definition, reenroll: { manual: true, on } },
    });
  expect((await price([])).enrolls).toBe(0);
  expect((await price([1])).enrolls).toBe(2);
});
