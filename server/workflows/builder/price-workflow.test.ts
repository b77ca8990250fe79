import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { changeBilling } from "#server/marketing-status/calendar/change-billing.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { where } from "#test/lists.ts";
import { account, states, turnedOn, work, workOperations } from "#test/workflow.ts";
import { createWorkflow } from "./change-workflow.ts";
import { priceWorkflow } from "./price-workflow.ts";
import { templateOf } from "./templates.ts";
import { testWorkflow } from "./test-workflow.ts";

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
  await changeBilling(context, { maximum: 12 });
  const { id } = await createWorkflow(context, { name: "Priced", folder: "", template: "unsubscribed" });
  const price = await priceWorkflow(context, { workflowId: id, definition });
  expect(price.enrolls).toBe(4);
  expect(price.steps["status"]).toMatchObject({
    contacts: 4,
    outcomes: [{ outcome: "scheduled", contacts: 4 }],
  });
  expect(price.usage).toMatchObject({ now: 10, after: 10, atUpdate: 6, maximum: 12 });
  const workflow = await turnedOn(context, definition, { enrollExisting: true });
  await workOperations(context);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished status": 4 });
  const afterwards = await priceWorkflow(context, { workflowId: workflow.id, definition });
  expect(afterwards.usage).toMatchObject({ now: 10, atUpdate: 6 });
});

test("what would pause it for being too fast is told before, and then does", async () => {
  const context = await people();
  const definition = templateOf("unsubscribed");
  const { id: workflowId } = await createWorkflow(context, {
    name: "Fast",
    folder: "",
    template: "unsubscribed",
  });
  const told = async () => (await priceWorkflow(context, { workflowId, definition })).spike;
  await sql`insert into marketing_setting (account_id, spike_percent, spike_contacts)
    values (${context.accountId}, 0, 4)`.execute(context.db);
  expect(await told()).toBeNull();
  await sql`update marketing_setting set spike_contacts = 3 where account_id = ${context.accountId}`.execute(
    context.db,
  );
  expect(await told()).toEqual({ direction: "lower", contacts: 4, threshold: 3 });
  const workflow = await turnedOn(context, definition, { enrollExisting: true });
  await workOperations(context);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "waiting status spike": 4 });
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

const status = (id: string, value: string, next: string | null = null) => ({
  id,
  type: "set_status",
  value,
  next,
});
const everybody = {
  filterGroups: [{ filters: [{ propertyName: "createdate", operator: "HAS_PROPERTY" }] }],
};

/** Twelve contacts: five marketing, two of them waiting; one of the others has opted out. */
async function twelve(tier = 1_000): Promise<Context> {
  const context = { ...(await account(database.db)) };
  const { db, accountId } = context;
  await sql`update billing_account set tier = ${tier} where account_id = ${accountId}`.execute(db);
  const ids = await buildContacts(db, accountId, 12);
  await setMarketing(context, { ids: ids.slice(0, 5), sourceType: "USER_SET" });
  await setNonMarketing(context, { ids: ids.slice(0, 2), sourceType: "USER_SET" });
  await saveFacts(context, { sourceType: "USER_SET", facts: [fact("opt_out", ids[11] ?? "")] });
  return context;
}

/** What each step does, as the price says and as it happens. */
async function priceAndRun(context: Context, steps: object[]) {
  const definition = workflowDefinition.parse({
    triggers: [{ type: "filter_met", filter: everybody }],
    start: "a",
    steps,
  });
  const { id } = await createWorkflow(context, { name: "Priced", folder: "", template: "blank" });
  const { usage, steps: priced } = await priceWorkflow(context, { workflowId: id, definition });
  const workflow = await turnedOn(context, definition, { enrollExisting: true });
  await workOperations(context);
  await work(context, workflow);
  const { rows } = await sql<{ step: string; result: string; n: number }>`
    select step, details ->> 'result' as result, count(*)::int as n from workflow_history
    where account_id = ${context.accountId} and workflow_id = ${workflow.id} and details ? 'result'
    group by 1, 2`.execute(context.db);
  const done = Object.fromEntries(rows.map(({ step, result, n }) => [`${step} ${result}`, n]));
  const told: Record<string, number> = {};
  for (const [step, { outcomes }] of Object.entries(priced))
    for (const { outcome, contacts } of outcomes)
      told[`${step} ${outcome}`] = (told[`${step} ${outcome}`] ?? 0) + contacts;
  const { marketing, atNextUpdate } = await showUsage(context, {});
  return {
    price: { ...told, after: usage.after, atUpdate: usage.atUpdate },
    happened: { ...done, after: marketing, atUpdate: atNextUpdate },
  };
}

describe("several status steps on one way", () => {
  test.each([
    ["two raises", [status("a", "marketing", "b"), status("b", "marketing")]],
    ["a raise and a lowering", [status("a", "marketing", "b"), status("b", "non_marketing")]],
    ["a lowering and a raise", [status("a", "non_marketing", "b"), status("b", "marketing")]],
    [
      "three of them and branches",
      [
        { ...status("a", "marketing", "b"), branches: { already: "c", protected: null } },
        status("b", "marketing", "c"),
        status("c", "non_marketing"),
      ],
    ],
  ])("%s are priced as they happen", async (_, steps) => {
    const { price, happened } = await priceAndRun(await twelve(), steps);
    expect(price).toEqual(happened);
  });

  test("two raises with room for some are priced as they happen to those who go on", async () => {
    const steps = [{ ...status("a", "marketing", "b"), branches: { held: "b" } }, status("b", "marketing")];
    const { price, happened } = await priceAndRun(await twelve(8), steps);
    expect(price).toMatchObject({ "a set_marketing": 3, "a held": 3, "b already_marketing": 8, after: 8 });
    expect(happened).toMatchObject({ "a set_marketing": 3, "a held": 3, "b already_marketing": 8, after: 8 });
  });
});

test("ways by chance that lead to the same step count together, however many there are", async () => {
  const context = await twelve();
  const splits = Array.from({ length: 10 }, (_, place) => {
    const next = place === 9 ? "a" : `s${place + 1}`;
    const parts = [
      { name: "One", percent: 33, next: `x${place}` },
      { name: "Other", percent: 67, next },
    ];
    return [
      { id: `s${place}`, type: "split", parts },
      { id: `x${place}`, type: "clear_property", propertyName: "city", next },
    ];
  });
  const triggers = [{ type: "filter_met", filter: everybody }];
  const steps = [...splits.flat(), status("a", "marketing")];
  const definition = workflowDefinition.parse({ triggers, start: "s0", steps });
  const { id } = await createWorkflow(context, { name: "Chance", folder: "", template: "blank" });
  const price = await priceWorkflow(context, { workflowId: id, definition });
  expect(price.steps["s9"]).toMatchObject({ contacts: 12, about: false });
  expect(price.steps["a"]).toMatchObject({ contacts: 12, about: false });
});

test("who has reached the goal already enters, and leaves before the first step, as the price says", async () => {
  const context = await twelve();
  const goal = where("hs_marketable_status", "EQ", "true");
  const triggers = [{ type: "filter_met", filter: everybody }];
  const definition = workflowDefinition.parse({
    triggers,
    goal,
    start: "a",
    steps: [status("a", "marketing")],
  });
  const { id } = await createWorkflow(context, { name: "Goal", folder: "", template: "blank" });
  const price = await priceWorkflow(context, { workflowId: id, definition });
  expect(price).toMatchObject({ enrolls: 12, steps: { a: { contacts: 7 } } });
  const workflow = await turnedOn(context, definition, { enrollExisting: true });
  await workOperations(context);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "finished a": 7, "left a goal": 5 });
});

test("a test with one contact says what each step would do after the one before", async () => {
  const context = await twelve();
  const { rows } = await sql<{ id: string }>`select id from contact
    where account_id = ${context.accountId} order by id offset 6 limit 1`.execute(context.db);
  const steps = [
    status("a", "marketing", "b"),
    status("b", "marketing", "c"),
    status("c", "non_marketing", "d"),
    status("d", "marketing"),
  ];
  const { id } = await createWorkflow(context, { name: "Tried", folder: "", template: "blank" });
  const definition = workflowDefinition.parse({ start: "a", steps });
  const tried = { workflowId: id, definition, contactId: rows[0]?.id ?? "" };
  const { path } = await testWorkflow(context, tried);
  expect(path.map(({ outcome }) => outcome)).toEqual(["set", "already", "set", "set"]);
});
