import { type WorkflowDefinition, workflowDefinition } from "#contract/workflow-definition.ts";
import { notify } from "#server/accounts/notices/notify.ts";
import { recordEvent } from "#server/events/record-event.ts";
import type { Context } from "#server/platform/context.ts";
import { dismissAll } from "../builder/queries.ts";
import { loadVersions } from "../load-workflow.ts";
import type { RunningWorkflow } from "../workflow.ts";
import {
  doOthersChangeStatus,
  type FlipRow,
  type FlipStep,
  insertStops,
  selectFlips,
  tellStopped,
} from "./queries.ts";

export interface Stopped {
  readonly contactIds: readonly string[];
  readonly details: { readonly workflows: string; readonly flips: readonly FlipStep[] };
}

interface Changed {
  readonly workflow: RunningWorkflow;
  /** The step that has just changed them. */
  readonly step: string;
  readonly contactIds: readonly string[];
}

/**
 * Finds contacts whose status workflows have just changed to and fro, three times within 24 hours, and stops all of
 * these workflows for them: who is inside another one leaves, none of them takes the contact in again by itself, and the
 * people who build workflows are told which ones and at which steps. The caller lets those go who are inside its own.
 */
export async function stopFlips(
  context: Context,
  { workflow, step, contactIds }: Changed,
): Promise<Stopped[]> {
  if (contactIds.length === 0 || !(await doOthersChangeStatus(context, workflow.id))) return [];
  const now = { workflowId: workflow.id, name: workflow.name, version: workflow.version, step };
  const flips = await selectFlips(context, { contactIds, now });
  const stopped: Stopped[] = [];
  for (const flip of flips) stopped.push(await stop(context, workflow, flip));
  return stopped;
}

async function stop(context: Context, own: RunningWorkflow, { contactIds, by }: FlipRow): Promise<Stopped> {
  const details = { workflows: await describe(context, by), flips: by };
  const workflowIds = [...new Set(by.map(({ workflowId }) => workflowId))];
  let isNews = false;
  for (const workflowId of workflowIds) {
    const isFirst = await insertStops(context, { workflowId, contactIds });
    isNews = isNews || isFirst;
    if (workflowId === own.id) continue;
    await dismissAll(context, workflowId, { reason: "flips", contactIds, details });
    await tellStopped(context, { workflowId, contactIds, details });
  }
  const counted = { workflowIds, contacts: contactIds.length };
  await recordEvent(context, { type: "workflow.flips", details: counted });
  if (isNews)
    await notify(context, {
      to: { permission: "workflows.edit" },
      key: "workflows:notice_flips",
      details: { count: contactIds.length, workflows: details.workflows },
      link: `/workflows/${own.id}?tab=history`,
      mail: true,
    });
  return { contactIds, details };
}

/** `Raise (Customers), Lower (#2)`: a step without a name by its place. */
async function describe(context: Context, by: readonly FlipStep[]): Promise<string> {
  const named: string[] = [];
  for (const { workflowId, name, version, step } of by) {
    const definition = (await loadVersions(context, workflowId, [version])).get(version)?.definition;
    named.push(`${name} (${nameOf(definition ?? workflowDefinition.parse({}), step)})`);
  }
  return named.join(", ");
}

function nameOf({ steps }: WorkflowDefinition, step: string): string {
  const place = steps.findIndex(({ id }) => id === step);
  return steps[place]?.name || `#${place + 1}`;
}
