import { workflowDefinition } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";
import { selectRunning, selectVersions, type VersionRow } from "./queries.ts";
import type { RunningWorkflow } from "./workflow.ts";

/** Versions of a workflow by number, ready to run. */
export async function loadVersions(
  context: Context,
  workflowId: string,
  versions: readonly number[],
): Promise<ReadonlyMap<number, RunningWorkflow>> {
  const rows = versions.length === 0 ? [] : await selectVersions(context, workflowId, versions);
  return new Map(rows.map((row) => [row.version, ready(workflowId, row)]));
}

/** The version that contacts enter now, if the workflow is on. */
export async function loadRunning(
  context: Context,
  workflowId: string,
): Promise<RunningWorkflow | undefined> {
  const row = await selectRunning(context, workflowId);
  return row && ready(workflowId, row);
}

function ready(id: string, { definition, ...row }: VersionRow): RunningWorkflow {
  return { id, ...row, definition: workflowDefinition.parse(definition) };
}
