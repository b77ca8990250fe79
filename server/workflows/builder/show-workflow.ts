import type { z } from "zod";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import type * as contract from "#contract/workflows.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { describeProblems } from "./draft-problems.ts";
import { type StoredWorkflow, selectVersionInfos, selectWorkflow } from "./queries.ts";

export type View = z.input<typeof contract.workflowView>;

/** A workflow as its page shows it, with what must be mended before it can be turned on. */
export async function showWorkflow(context: Context, { workflowId }: { workflowId: string }): Promise<View> {
  const row = await requireWorkflow(context, workflowId);
  const draft = workflowDefinition.parse(row.draft);
  const problems = await describeProblems(context, workflowId, draft);
  return { ...rowView(row), draft, revision: row.revision, draftRuns: row.draftRuns, problems };
}

export async function requireWorkflow(context: Context, workflowId: string): Promise<StoredWorkflow> {
  const row = await selectWorkflow(context, workflowId);
  if (!row) throw new AppError("not_found", "workflows:not_found", { workflowId });
  return row;
}

/** What lists and the page have in common. */
export function rowView(row: StoredWorkflow): contract.WorkflowRow {
  const { ownerId, ownerName, changedAt } = row;
  return {
    id: row.id,
    name: row.name,
    folder: row.folder,
    owner: { id: ownerId, name: ownerName },
    state: row.state,
    pauseReason: row.pauseReason,
    version: row.version,
    enrolled: row.enrolled,
    active: row.active,
    waiting: row.waiting,
    retrying: row.retrying,
    parked: row.parked,
    changedAt: changedAt.toISOString(),
    changedBy: row.changedBy,
  };
}

export async function listVersions(
  context: Context,
  { workflowId }: { workflowId: string },
): Promise<z.input<typeof contract.listWorkflowVersions.reply>> {
  await requireWorkflow(context, workflowId);
  const versions = await selectVersionInfos(context, workflowId);
  return {
    versions: versions.map(({ definition, madeAt, ...version }) => ({
      ...version,
      definition: workflowDefinition.parse(definition),
      madeAt: madeAt.toISOString(),
    })),
  };
}
