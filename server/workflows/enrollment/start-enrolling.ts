import type { RawBuilder } from "kysely";
import type { z } from "zod";
import type * as contract from "#contract/workflows.ts";
import { requirePlan } from "#server/billing/require-plan.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Chunk, OperationKind, Outcome } from "#server/operations/operation-kind.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadRunning } from "../load-workflow.ts";
import { enrollContacts } from "./enroll-contacts.ts";
import { selectLastEnrollment } from "./queries.ts";

/** Enters contacts by hand, as an operation. Refuses while the workflow is not on. */
export function startEnrolling(
  context: Context,
  { workflowId, selection }: z.output<typeof contract.enrollInWorkflow.input>,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    await requirePlan(context, "workflows");
    const scope = await selectContacts(context, selection);
    return start(context, { workflowId, scope, params: {} });
  });
}

interface Standing {
  readonly workflowId: string;
  /** A select of one column `id`. */
  readonly scope: RawBuilder<unknown>;
  /** The place of the trigger that they meet already. */
  readonly trigger: number;
  /** Whoever has entered after this enrollment does not enter again, whatever brought it in. */
  readonly since: string;
}

/** Enters those who meet a trigger when the workflow is turned on, as an operation and as the trigger would. */
export function startStanding(
  context: Context,
  { workflowId, scope, trigger, since }: Standing,
): Promise<{ operationId: string }> {
  return start(context, { workflowId, scope, params: { trigger, since } });
}

async function start(
  context: Context,
  { workflowId, scope, params }: Pick<Standing, "workflowId" | "scope"> & { params: object },
): Promise<{ operationId: string }> {
  const workflow = await requireRunning(context, workflowId);
  const { operationId } = await startOperation(context, {
    kind: "enroll",
    params: { workflowId, workflow: workflow.name, ...params },
    scope,
    sourceType: "USER_SET",
    sourceId: context.actor.id,
  });
  return { operationId };
}

/** The last enrollment there is: what enters from now on comes after it. */
export function lastEnrollment(context: Context): Promise<string> {
  return selectLastEnrollment(context);
}

async function requireRunning(context: Context, workflowId: string) {
  const workflow = await loadRunning(context, workflowId);
  if (!workflow) throw new AppError("conflict", "workflows:not_on", { workflowId });
  return workflow;
}

async function runEnroll(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const workflow = await requireRunning(context, String(chunk.params["workflowId"]));
  const { trigger, since } = chunk.params;
  const cause = typeof trigger === "number" ? trigger : "manual";
  const after = typeof since === "string" ? { since } : {};
  return enrollContacts(context, { workflow, ids: chunk.ids, cause, ...after });
}

export const operationKinds: OperationKind[] = [
  {
    name: "enroll",
    permission: "workflows.edit",
    writes: ["workflow_enrollment", "workflow_history"],
    runChunk: runEnroll,
  },
];
