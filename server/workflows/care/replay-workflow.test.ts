import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, at, history, hours, november, running, states, work } from "#test/workflow.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { unenroll } from "../history/retry-parked.ts";
import { changeSettings, forgetOldHistory, showSettings } from "./forget-history.ts";
import { replayWorkflow } from "./replay-workflow.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const everyState = ["finished", "left", "parked"] as ("finished" | "left" | "parked")[];
const definition = {
  reenroll: { manual: false },
  start: "a",
  steps: [
    { id: "a", type: "set_status", value: "marketing", next: "d" },
    { id: "d", type: "delay", until: { kind: "passed", amount: 2, unit: "hours" }, next: "b" },
    { id: "b", type: "enroll", workflowId: "999", next: "s" },
    {
      id: "s",
      type: "split",
      parts: [
        { name: "x", percent: 99, next: "e" },
        { name: "y", percent: 1, next: "e" },
      ],
    },
    { id: "e", type: "end" },
  ],
};

/** One has left, one waits, and two are parked because the other workflow is gone. */
async function story() {
  const context = await account(database.db);
  const ids = await buildContacts(context.db, context.accountId, 4);
  const workflow = await running(context, definition);
  const workflowId = workflow.id;
  await enrollContacts(context, { workflow, ids: ids.slice(0, 3), cause: "manual" });
  await work(context, workflow);
  await unenroll(context, { workflowId, contactIds: ids.slice(0, 1) });
  await work(at(context, hours(2)), workflow);
  const later = at(context, hours(2));
  await enrollContacts(later, { workflow, ids: ids.slice(3), cause: "manual" });
  await work(later, workflow);
  expect(await states(context, workflow)).toEqual({
    "left d by_hand": 1,
    "parked b refused": 2,
    "waiting d": 1,
  });
  return { context: later, workflow, workflowId, ids };
}

async function outcomes(context: Context, operationId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ outcome: string; n: number }>`select outcome, sum(contacts)::int as n
    from operation_outcome where account_id = ${context.accountId} and operation_id = ${operationId}
    group by 1 order by 1`.execute(context.db);
  return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
}

describe("replaying from a step", () => {
  it("begins a new time for those who have left or are parked, once, and leaves others alone", async () => {
    const { context, workflow, workflowId } = await story();
    const replay = { workflowId, step: "s", states: everyState };
    const { operationId, total } = await replayWorkflow(context, replay);
    expect(total).toBe(3);
    await workOperation(context, operationId, () => {});
    await workOperation(context, operationId, () => {});
    expect(await outcomes(context, operationId)).toEqual({ enrolled: 3 });
    expect(await states(context, workflow)).toEqual({
      active: 3,
      "left b replayed": 2,
      "left d by_hand": 1,
      "waiting d": 1,
    });
    await work(context, workflow);
    expect(await states(context, workflow)).toMatchObject({ "finished e": 3, "waiting d": 1 });
    expect(await history(context, workflow)).toMatchObject({ "enrolled replay": 3, "a done set": 4 });
    const { rows } = await sql`select type, details from event where account_id = ${context.accountId}
      and type = 'workflow.replayed'`.execute(context.db);
    expect(rows).toMatchObject([{ details: { workflowId, step: "s", total: 3 } }]);
  });

  it("waits anew where it begins at a delay", async () => {
    const { context, workflow, workflowId } = await story();
    const replay = { workflowId, step: "d", states: ["parked" as const], endedAt: "b" };
    const { operationId } = await replayWorkflow(context, replay);
    await workOperation(context, operationId, () => {});
    await work(context, workflow);
    expect(await states(context, workflow)).toMatchObject({ "waiting d": 3 });
  });
});

describe("a replay", () => {
  it("counts who has entered again or is gone meanwhile", async () => {
    const { context, workflow, workflowId, ids } = await story();
    const replay = { workflowId, step: "e", states: everyState };
    const { operationId } = await replayWorkflow(context, replay);
    await sql`update workflow_version set definition = jsonb_set(definition, '{reenroll,manual}', 'true')
      where workflow_id = ${workflowId}`.execute(context.db);
    const again = { ...workflow, definition: { ...workflow.definition, reenroll: { manual: true, on: [] } } };
    await enrollContacts(context, { workflow: again, ids: ids.slice(0, 1), cause: "manual" });
    await sql`update contact set deleted_at = ${november} where account_id = ${context.accountId}
      and id = ${ids[1]}`.execute(context.db);
    await workOperation(context, operationId, () => {});
    expect(await outcomes(context, operationId)).toEqual({ already_in: 1, enrolled: 1, missing: 1 });
  });

  it("refuses a step that the running version lacks", async () => {
    const { context, workflowId } = await story();
    const replay = { workflowId, step: "z", states: everyState };
    await expect(replayWorkflow(context, replay)).rejects.toMatchObject({ reason: "workflows:unknown_step" });
  });
});

it("the history is kept as long as the account says", async () => {
  const context = await account(database.db);
  const workflow = await running(context, { start: "a", steps: [{ id: "a", type: "end" }] });
  const enter = async (then: Context) => {
    const ids = await buildContacts(then.db, then.accountId, 1);
    await enrollContacts(then, { workflow, ids, cause: "manual" });
  };
  const daysAgo = (days: number) => at(context, new Date(november.getTime() - days * 86_400_000));
  for (const days of [95, 89, 31, 29]) await enter(daysAgo(days));
  const now = { ...context, clock: fixedClock(november) };
  expect(await showSettings(now)).toEqual({ historyDays: 90 });
  await forgetOldHistory(now);
  expect(await history(now, workflow)).toEqual({ "enrolled manual": 3 });
  expect(await changeSettings(now, { historyDays: 30 })).toEqual({ historyDays: 30 });
  await forgetOldHistory(now);
  expect(await history(now, workflow)).toEqual({ "enrolled manual": 1 });
  expect(await states(now, workflow)).toEqual({ active: 4 });
});
