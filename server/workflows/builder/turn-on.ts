import type { z } from "zod";
import { type WorkflowDefinition, workflowDefinition } from "#contract/workflow-definition.ts";
import type * as contract from "#contract/workflows.ts";
import { requireUser } from "#server/accounts/users/require-user.ts";
import { requirePlan } from "#server/billing/require-plan.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, requirePermission } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { permissionsNeeded } from "../definition/permissions-needed.ts";
import {
  hearFilters,
  hearFromNow,
  hearWhatWaits,
  hearWorkflows,
  listenTo,
} from "../triggers/hear-workflows.ts";
import { changing, holding } from "./change-workflow.ts";
import { describeProblems } from "./draft-problems.ts";
import { enrollStanding, noteStanding } from "./enroll-standing.ts";
import { changeWorkflow, dismissAll, forgetStanding, insertVersion, type StoredWorkflow } from "./queries.ts";
import { listVersions, requireWorkflow, showWorkflow, type View } from "./show-workflow.ts";

type TurningOn = z.output<typeof contract.turnOnWorkflow.input>;

/**
 * Turns the draft on as a new version, in its owner's name. Refused while something must be mended, when the draft has
 * changed since it was looked at, and when the asker may not do by hand what it would do.
 */
export async function turnOnWorkflow(context: Context, input: TurningOn): Promise<View> {
  await beginWorkflow(context, input);
  await enrollStanding(context, input);
  return showWorkflow(context, input);
}

/**
 * All but entering those who meet a trigger already, who are noted to be entered: writers of the account may wait for
 * this, and who meets a trigger is found out when they wait no more.
 */
export function beginWorkflow(
  context: Context,
  { workflowId, revision, enrollExisting }: TurningOn,
): Promise<void> {
  return holding(context, workflowId, async (context) => {
    await requirePlan(context, "workflows");
    const row = await requireWorkflow(context, workflowId);
    if (row.revision !== revision) throw new AppError("conflict", "workflows:changed_since", { workflowId });
    const definition = workflowDefinition.parse(row.draft);
    const problems = await describeProblems(context, workflowId, definition);
    if (problems.length > 0)
      throw new AppError("invalid_input", "workflows:has_problems", { count: problems.length, problems });
    for (const permission of permissionsNeeded(definition)) requirePermission(context, permission);
    const running = row.draftRuns ? row.version : null;
    const version = running ?? (await insertVersion(context, { workflowId, definition }));
    if (row.state === "on") await hearLast(context, workflowId);
    await changeWorkflow(context, workflowId, { state: "on", version });
    await listenTo(context, { workflowId, version, definition });
    if (row.state !== "on") await hearFromNow(context, workflowId);
    await (enrollExisting ? noteStanding(context, workflowId) : forgetStanding(context, workflowId));
    const details = { workflowId, version, enrollExisting };
    await recordEvent(context, { type: "workflow.turned_on", details });
  });
}

async function hearLast(context: Context, workflowId: string): Promise<void> {
  await hearWhatWaits(context);
  await hearFilters(context, workflowId);
}

/** Nobody enters any more; those inside wait where they are, or leave. */
export function turnOffWorkflow(
  context: Context,
  { workflowId, inside }: z.output<typeof contract.turnOffWorkflow.input>,
): Promise<View> {
  return changing(context, workflowId, async (context) => {
    await changeWorkflow(context, workflowId, { state: "off" });
    await forgetStanding(context, workflowId);
    const left = inside === "leave" ? await dismissAll(context, workflowId, { reason: "turned_off" }) : 0;
    await hearWorkflows(context);
    await recordEvent(context, { type: "workflow.turned_off", details: { workflowId, left } });
  });
}

/** It acts in the asker's name from now on; where it was paused for its owner's rights, it goes on. */
export function takeOverWorkflow(context: Context, { workflowId }: { workflowId: string }): Promise<View> {
  return changing(context, workflowId, async (context) => {
    const ownerId = requireUser(context);
    const row = await requireWorkflow(context, workflowId);
    await requirePlan(context, "workflows");
    for (const { definition } of await definitionsInUse(context, workflowId, row))
      for (const permission of permissionsNeeded(definition)) requirePermission(context, permission);
    const goesOn = row.state === "paused" && row.pauseReason === "owner_without_right";
    await changeWorkflow(context, workflowId, { ownerId, ...(goesOn ? { state: "on" } : {}) });
    if (goesOn) await hearWorkflows(context, workflowId);
    await recordEvent(context, {
      type: "workflow.taken_over",
      details: { workflowId, from: row.ownerId, to: ownerId },
    });
  });
}

/** What it would do in the asker's name: the version that runs, and those that somebody is inside of; else the draft. */
async function definitionsInUse(
  context: Context,
  workflowId: string,
  { version, draft }: StoredWorkflow,
): Promise<{ definition: WorkflowDefinition }[]> {
  const { versions } = await listVersions(context, { workflowId });
  const used = versions
    .filter((each) => each.version === version || each.inside > 0)
    .map(({ definition }) => ({ definition: workflowDefinition.parse(definition) }));
  return used.length > 0 ? used : [{ definition: workflowDefinition.parse(draft) }];
}
