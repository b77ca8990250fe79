import { sql } from "kysely";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";
import { createWorkflow, saveDraft } from "#server/workflows/builder/change-workflow.ts";
import { turnOnWorkflow } from "#server/workflows/builder/turn-on.ts";
import { workWorkflow } from "#server/workflows/execution/work-due.ts";
import { loadRunning } from "#server/workflows/load-workflow.ts";
import type { RunningWorkflow } from "#server/workflows/workflow.ts";
import { buildAccount, buildContext } from "./build.ts";

let names = 0;

export const november = new Date("2026-11-18T10:00:00Z");
export const at = (context: Context, instant: Date): Context => ({ ...context, clock: fixedClock(instant) });
export const hours = (count: number) => new Date(november.getTime() + count * 3_600_000);

/** Somebody who owns workflows, on 18 November 2026. */
export async function account(db: Database): Promise<Context> {
  const accountId = await buildAccount(db);
  await sql`insert into app_user (id, email, name, language, time_zone, created_at) overriding system value
    values (1, 'owner@example.test', 'Owner', 'en', 'UTC', now()) on conflict do nothing`.execute(db);
  await sql`insert into role (account_id, key, created_at) values (${accountId}, 'super-admin', now())`.execute(
    db,
  );
  await sql`insert into account_member (account_id, user_id, role_id, joined_at)
    select ${accountId}, 1, id, now() from role where account_id = ${accountId}`.execute(db);
  return buildContext(db, { accountId, clock: fixedClock(november) });
}

/** A workflow that is on, as its first version. */
export async function running(context: Context, definition: object): Promise<RunningWorkflow> {
  const name = `Test ${names++}`;
  const parsed = workflowDefinition.parse(definition);
  const { rows } = await sql<{ id: string }>`insert into workflow
      (account_id, name, owner_id, state, draft, version, created_at, changed_at)
    values (${context.accountId}, ${name}, 1, 'on', '{}', 1, now(), now()) returning id`.execute(context.db);
  const id = rows[0]?.id as string;
  await sql`insert into workflow_version (account_id, workflow_id, version, definition, made_at)
    values (${context.accountId}, ${id}, 1, ${JSON.stringify(parsed)}::jsonb, now())`.execute(context.db);
  return { id, name, version: 1, ownerId: "1", definition: parsed };
}

/** Works everything that is due. */
export async function work(context: Context, { id }: RunningWorkflow): Promise<void> {
  for (const outside of [false, true, false]) {
    while ((await workWorkflow(context, { workflowId: id, outside })) > 0);
  }
}

/** Where contacts are: how many by state, step and reason. */
export async function states(context: Context, { id }: RunningWorkflow): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select concat_ws(' ', state, nullif(step, ''), reason) as key, count(*)::int as n from workflow_enrollment
    where account_id = ${context.accountId} and workflow_id = ${id} group by 1 order by 1`.execute(
    context.db,
  );
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

/** What the history tells: how many by step, kind and outcome. */
export async function history(context: Context, { id }: RunningWorkflow): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select concat_ws(' ', nullif(step, ''), kind, nullif(outcome, '')) as key, count(*)::int as n from workflow_history
    where account_id = ${context.accountId} and workflow_id = ${id} group by 1 order by 1`.execute(
    context.db,
  );
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

/** A workflow that people have made and turned on, as its next version. */
export async function turnedOn(
  context: Context,
  definition: object,
  { enrollExisting = false }: { enrollExisting?: boolean } = {},
): Promise<RunningWorkflow> {
  const made = await createWorkflow(context, { name: `Workflow ${names++}`, folder: "", template: "blank" });
  const { revision } = await saveDraft(context, {
    workflowId: made.id,
    revision: made.revision,
    definition: workflowDefinition.parse(definition),
  });
  await turnOnWorkflow(context, { workflowId: made.id, revision, enrollExisting });
  const workflow = await loadRunning(context, made.id);
  if (!workflow) throw new Error("It is not on.");
  return workflow;
}

/** What operations do in the background, the last that was begun first. */
export async function workOperations(context: Context, between = async () => {}): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from operation
    where account_id = ${context.accountId} and state = 'queued' order by id desc`.execute(context.db);
  for (const { id } of rows) {
    await workOperation(context, id, () => {});
    await between();
  }
}
