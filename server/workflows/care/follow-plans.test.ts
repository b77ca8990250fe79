import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, running, states, work } from "#test/workflow.ts";
import { cloneWorkflow, createWorkflow, renameWorkflow, saveDraft } from "../builder/change-workflow.ts";
import { showWorkflow } from "../builder/show-workflow.ts";
import { takeOverWorkflow, turnOffWorkflow, turnOnWorkflow } from "../builder/turn-on.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { startEnrolling } from "../enrollment/start-enrolling.ts";
import { retryParked } from "../history/retry-parked.ts";
import { hearAll, hearWorkflows } from "../triggers/hear-workflows.ts";
import { followPlans } from "./follow-plans.ts";
import { resumeWorkflow } from "./resume-workflow.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const raise = { id: "a", type: "set_status", value: "marketing" };
const plan = ({ db, accountId }: Context, name: string) =>
  sql`update billing_account set plan = ${name} where account_id = ${accountId}`.execute(db);

describe("an account whose plan has no workflows any more", () => {
  it("has them paused with everybody inside, told once, and lets them go on with a higher plan", async () => {
    const context = await account(database.db);
    const { db, accountId } = context;
    const ids = await buildContacts(db, accountId, 3);
    const workflow = await running(context, {
      triggers: [{ type: "contact_created" }],
      start: "a",
      steps: [raise],
    });
    const { id: workflowId } = workflow;
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await hearWorkflows(context);
    await followPlans(context);
    expect((await showWorkflow(context, { workflowId })).state).toBe("on");

    await plan(context, "starter");
    await followPlans(context);
    await followPlans(context);
    expect(await showWorkflow(context, { workflowId })).toMatchObject({
      state: "paused",
      pauseReason: "plan",
    });
    await buildContacts(db, accountId, 1);
    await hearAll(context);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "active a": 3 });
    const notices = await sql`select key, details from notice where account_id = ${accountId}`.execute(db);
    expect(notices.rows).toMatchObject([{ key: "workflows:notice_plan", details: { count: 1 } }]);
    await expect(resumeWorkflow(context, { workflowId })).rejects.toMatchObject({ code: "plan_required" });

    await plan(context, "enterprise");
    expect(await resumeWorkflow(context, { workflowId })).toMatchObject({ state: "on", pauseReason: null });
    await work(context, workflow);
    await buildContacts(db, accountId, 1);
    await hearAll(context);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished a": 4 });
    await expect(resumeWorkflow(context, { workflowId })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a plan without workflows", () => {
  it("refuses every act that would make or run one, and lets people take contacts out", async () => {
    const context = await account(database.db);
    const workflow = await running(context, { start: "a", steps: [raise] });
    const { id: workflowId, definition } = workflow;
    await plan(context, "starter");
    const selection = { ids: [], query: "" } as never;
    const refused = [
      () => createWorkflow(context, { name: "New", folder: "", template: "blank" }),
      () => renameWorkflow(context, { workflowId, name: "Other" }),
      () => saveDraft(context, { workflowId, revision: 1, definition }),
      () => cloneWorkflow(context, { workflowId, name: "Copy" }),
      () => turnOnWorkflow(context, { workflowId, revision: 1, enrollExisting: false }),
      () => takeOverWorkflow(context, { workflowId }),
      () => startEnrolling(context, { workflowId, selection }),
      () => retryParked(context, { workflowId }),
    ];
    for (const act of refused)
      await expect(act()).rejects.toMatchObject({
        code: "plan_required",
        reason: "billing:plan_required_professional",
      });
    expect(await turnOffWorkflow(context, { workflowId, inside: "leave" })).toMatchObject({ state: "off" });
  });
});

it("one account that fails holds up no other", async () => {
  const [broken, sound] = [await account(database.db), await account(database.db)];
  const definition = { triggers: [{ type: "contact_created" }], start: "a", steps: [raise] };
  const [failing, workflow] = [await running(broken, definition), await running(sound, definition)];
  await hearWorkflows(broken);
  await hearWorkflows(sound);
  await sql`update workflow_version set definition = '{"steps": 1}' where workflow_id = ${failing.id}`.execute(
    database.db,
  );
  await buildContacts(database.db, broken.accountId, 1);
  await buildContacts(database.db, sound.accountId, 1);
  await hearAll(sound);
  expect(await states(sound, workflow)).toEqual({ "active a": 1 });
  expect(await states(broken, failing)).toEqual({});
  const mended = JSON.stringify(failing.definition);
  await sql`update workflow_version set definition = ${mended}::jsonb where workflow_id = ${failing.id}`.execute(
    database.db,
  );
  await hearAll(sound);
  expect(await states(broken, failing)).toEqual({ "active a": 1 });
});
