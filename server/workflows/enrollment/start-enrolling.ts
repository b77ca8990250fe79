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

interface Enrolling extends z.output<typeof contract.enrollInWorkflow.input> {
  /** The place of the trigger that they meet already; without it somebody enters them by hand. */
  readonly trigger?: number;
}

/** Enters contacts, as an operation. Refuses while the workflow is not on. */
export function startEnrolling(
  context: Context,
  { workflowId, selection, trigger }: Enrolling,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    await requirePlan(context, "workflows");
    const workflow = await requireRunning(context, workflowId);
    const { operationId } = await startOperation(context, {
      kind: "enroll",
      params: { workflowId, workflow: workflow.name, ...(trigger !== undefined && { trigger }) },
      scope: await selectContacts(context, selection),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    return { operationId };
  });
}

async function requireRunning(context: Context, workflowId: string) {
  const workflow = await loadRunning(context, workflowId);
  if (!workflow) throw new AppError("conflict", "workflows:not_on", { workflowId });
  return workflow;
}

async function runEnroll(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const workflow = await requireRunning(context, String(chunk.params["workflowId"]));
  const { trigger } = chunk.params;
  const cause = typeof trigger === "number" ? trigger : "manual";
  return enrollContacts(context, { workflow, ids: chunk.ids, cause });
}

export const operationKinds: OperationKind[] = [
  {
    name: "enroll",
    permission: "workflows.edit",
    writes: ["workflow_enrollment", "workflow_history"],
    runChunk: runEnroll,
  },
];
