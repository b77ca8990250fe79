import type { z } from "zod";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import type * as contract from "#contract/workflows.ts";
import { requireUser } from "#server/accounts/users/require-user.ts";
import { requirePlan } from "#server/billing/require-plan.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { hearWorkflows } from "../triggers/hear-workflows.ts";
import {
  changeWorkflow,
  dismissAll,
  insertWorkflow,
  isNameTaken,
  lockWorkflow,
  storeDeletion,
  storeDraft,
} from "./queries.ts";
import { requireWorkflow, showWorkflow, type View } from "./show-workflow.ts";
import { templateOf } from "./templates.ts";

/** A draft owned by the one who makes it. */
export function createWorkflow(
  context: Context,
  { name, folder, template }: z.output<typeof contract.createWorkflow.input>,
): Promise<View> {
  return inTransaction(context, async (context) => {
    await requirePlan(context, "workflows");
    const ownerId = requireUser(context);
    await requireFreeName(context, name, null);
    const workflowId = await insertWorkflow(context, { name, folder, ownerId, draft: templateOf(template) });
    await recordEvent(context, { type: "workflow.created", details: { workflowId } });
    return showWorkflow(context, { workflowId });
  });
}

export function renameWorkflow(
  context: Context,
  { workflowId, name, folder }: z.output<typeof contract.renameWorkflow.input>,
): Promise<View> {
  return changing(context, workflowId, async (context) => {
    await requirePlan(context, "workflows");
    if (name !== undefined) await requireFreeName(context, name, workflowId);
    const before = await requireWorkflow(context, workflowId);
    await changeWorkflow(context, workflowId, { name, folder });
    const from = { name: before.name, folder: before.folder };
    const to = { name: name ?? from.name, folder: folder ?? from.folder };
    await recordEvent(context, { type: "workflow.renamed", details: { workflowId, from, to } });
  });
}

/** What is wrong with the draft is told, not refused: people save what they have so far. */
export function saveDraft(
  context: Context,
  { workflowId, revision, definition }: z.output<typeof contract.saveDraft.input>,
): Promise<View> {
  return changing(context, workflowId, async (context) => {
    await requirePlan(context, "workflows");
    if (!(await storeDraft(context, { workflowId, revision, draft: definition })))
      throw new AppError("conflict", "workflows:changed_since", { workflowId });
    await recordEvent(context, { type: "workflow.saved", details: { workflowId, revision: revision + 1 } });
  });
}

/** A draft of its own, with the same steps and nobody inside. */
export function cloneWorkflow(
  context: Context,
  { workflowId, name }: z.output<typeof contract.cloneWorkflow.input>,
): Promise<View> {
  return inTransaction(context, async (context) => {
    await requirePlan(context, "workflows");
    const ownerId = requireUser(context);
    const { draft, folder } = await requireWorkflow(context, workflowId);
    await requireFreeName(context, name, null);
    const copy = { name, folder, ownerId, draft: workflowDefinition.parse(draft) };
    const cloneId = await insertWorkflow(context, copy);
    await recordEvent(context, {
      type: "workflow.created",
      details: { workflowId: cloneId, from: workflowId },
    });
    return showWorkflow(context, { workflowId: cloneId });
  });
}

/** Those inside leave; what it did and its history stay. */
export function deleteWorkflow(
  context: Context,
  { workflowId }: { workflowId: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    await requireLocked(context, workflowId);
    const left = await dismissAll(context, workflowId, { reason: "workflow_deleted" });
    await storeDeletion(context, workflowId);
    await hearWorkflows(context);
    await recordEvent(context, { type: "workflow.deleted", details: { workflowId, left } });
    return {};
  });
}

/** Runs a change that holds the workflow, and shows it as it is then. */
export function changing(
  context: Context,
  workflowId: string,
  change: (context: Context) => Promise<void>,
): Promise<View> {
  return holding(context, workflowId, async (context) => {
    await change(context);
    return showWorkflow(context, { workflowId });
  });
}

export function holding<T>(
  context: Context,
  workflowId: string,
  change: (context: Context) => Promise<T>,
): Promise<T> {
  return inTransaction(context, async (context) => {
    await requireLocked(context, workflowId);
    return change(context);
  });
}

async function requireLocked(context: Context, workflowId: string): Promise<void> {
  if (!(await lockWorkflow(context, workflowId)))
    throw new AppError("not_found", "workflows:not_found", { workflowId });
}

async function requireFreeName(context: Context, name: string, besides: string | null): Promise<void> {
  if (await isNameTaken(context, name, besides))
    throw new AppError("conflict", "workflows:name_taken", { name });
}
