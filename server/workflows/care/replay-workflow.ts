import type { z } from "zod";
import type * as contract from "#contract/workflow-care.ts";
import { requirePlan } from "#server/billing/require-plan.ts";
import { recordEvent } from "#server/events/record-event.ts";
import type { Chunk, OperationKind, Outcome } from "#server/operations/operation-kind.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { dismissAll } from "../builder/queries.ts";
import { requireWorkflow } from "../builder/show-workflow.ts";
import { insertEnrollments } from "../enrollment/queries.ts";
import { loadRunning } from "../load-workflow.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { scopeOfReplay, selectReplayable } from "./queries.ts";

type Replay = z.output<typeof contract.replayWorkflow.input>;

/** Starts it as an operation: each contact begins once, whatever happens to the worker meanwhile. */
export function replayWorkflow(
  context: Context,
  { workflowId, step, ...which }: Replay,
): Promise<{ operationId: string; total: number }> {
  return inTransaction(context, async (context) => {
    await requirePlan(context, "workflows");
    await requireWorkflow(context, workflowId);
    const workflow = await requireStep(context, workflowId, step);
    const started = await startOperation(context, {
      kind: "replay",
      params: { workflowId, workflow: workflow.name, step, states: which.states },
      scope: scopeOfReplay(context, workflowId, which),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    const details = { workflowId, step, total: started.total };
    await recordEvent(context, { type: "workflow.replayed", operationId: started.operationId, details });
    return { operationId: started.operationId, total: started.total };
  });
}

/** The version that runs, which has the step. */
async function requireStep(context: Context, workflowId: string, step: string): Promise<RunningWorkflow> {
  const workflow = await loadRunning(context, workflowId);
  if (!workflow) throw new AppError("conflict", "workflows:not_on", { workflowId });
  if (!workflow.definition.steps.some(({ id }) => id === step))
    throw new AppError("invalid_input", "workflows:unknown_step", { workflowId, step });
  return workflow;
}

/** Outcomes: enrolled, already_in (it has entered again since), suppressed, missing. */
async function runReplay(context: Context, { params, ids }: Chunk): Promise<Outcome[]> {
  const [workflowId, step] = [String(params["workflowId"]), String(params["step"])];
  const states = params["states"] as string[];
  const workflow = await requireStep(context, workflowId, step);
  const parked = states.includes("parked") ? await selectReplayable(context, workflow, ids) : [];
  if (parked.length > 0)
    await dismissAll(context, workflowId, { reason: "replayed", contactIds: parked, state: "parked" });
  const groups = await insertEnrollments(context, {
    workflow,
    ids,
    cause: "replay",
    again: true,
    beginsAt: step,
  });
  return groups.map(({ outcome, ids }) => ({ outcome, contactIds: ids }));
}

export const operationKinds: OperationKind[] = [
  {
    name: "replay",
    permission: "workflows.edit",
    writes: ["workflow_enrollment", "workflow_history"],
    runChunk: runReplay,
  },
];
