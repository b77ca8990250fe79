import type { Step } from "#contract/workflow-definition.ts";
import { stepsOf } from "#contract/workflow-graph.ts";
import { listMembers } from "#server/accounts/roles/granters.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import type { Context } from "#server/platform/context.ts";
import { guarded } from "#server/platform/each-account.ts";
import { permissionOf } from "../definition/permissions-needed.ts";
import { loadVersions } from "../load-workflow.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { alike, type Enrolled } from "./enrolled.ts";
import { pauseForRights } from "./pause-for-rights.ts";
import { claimDue, refreshEnrollments, selectDueWorkflows } from "./queries.ts";
import { batchSize } from "./retry.ts";
import { ENTRY, workBatch } from "./work-batch.ts";

/** How long one run goes on before it lets other jobs have the worker; the next second brings the next run. */
const RUN_MS = 20_000;

/**
 * Works what is due inside the database, in turns, so that a large workflow does not keep the others waiting. Where many
 * have come at once the planner is told, once a run: else it takes them for a few.
 */
export async function workDue(context: Context): Promise<void> {
  const end = Date.now() + RUN_MS;
  let isFresh = false;
  for (;;) {
    const due = await selectDueWorkflows(context, { outside: false });
    let worked = 0;
    for (const { accountId, workflowId } of due) {
      if (context.signal?.aborted || Date.now() > end) return;
      const work = () => workWorkflow({ ...context, accountId }, { workflowId, outside: false });
      const claimed = (await guarded(work, { accountId, workflowId })) ?? 0;
      worked += claimed;
      if (claimed < batchSize(0, false) || isFresh) continue;
      isFresh = true;
      await refreshEnrollments(context);
    }
    if (worked === 0) return;
  }
}

/** One batch of one workflow, in its owner's name. Answers how many contacts were claimed. */
export async function workWorkflow(
  context: Context,
  due: { workflowId: string; outside: boolean },
): Promise<number> {
  const { workflowId } = due;
  const claimed = await claimDue(context, due);
  if (claimed.length === 0) return 0;
  const versions = await loadVersions(context, workflowId, [
    ...new Set(claimed.map(({ version }) => version)),
  ]);
  const { timeZone } = (await loadBilling(context)).calendar;
  for (const [version, batch] of alike(claimed, ({ version }) => version)) {
    const workflow = versions.get(version);
    if (!workflow) continue;
    const steps = stepsOf(workflow.definition);
    const acting = await asOwner(context, workflow.ownerId);
    for (const together of alike(batch, standsAt).values()) {
      const step = stepOf(workflow, steps, together[0]);
      if (step === undefined) continue;
      const travel = { workflow, steps, timeZone, now: await context.clock.now(context.db) };
      if (mayDo(acting, step)) await workBatch(acting, { travel, step, batch: together });
      else await pauseForRights(context, { workflow, step, batch: together, now: travel.now });
    }
  }
  return claimed.length;
}

function mayDo({ actor }: Context, step: Step): boolean {
  const needed = permissionOf(step);
  return needed === null || actor.permissions.has(needed);
}

/** Who has just entered stands before where it begins. */
function standsAt({ step, beginsAt }: Enrolled): string {
  return step === ENTRY ? `${ENTRY}:${beginsAt ?? ""}` : step;
}

function stepOf(
  { definition }: RunningWorkflow,
  steps: ReadonlyMap<string, Step>,
  enrolled: Enrolled | undefined,
): Step | undefined {
  if (enrolled?.step === ENTRY) return entryTo(enrolled.beginsAt ?? definition.start);
  return steps.get(enrolled?.step ?? "");
}

/** What brings those who have just entered to the first step. */
function entryTo(start: string | null): Step {
  return start === null
    ? { id: ENTRY, name: "", type: "end" }
    : { id: ENTRY, name: "", type: "go_to", step: start };
}

/** A workflow may do what its owner may do now. */
async function asOwner(context: Context, ownerId: string): Promise<Context> {
  const owner = (await listMembers(context)).find(({ id }) => id === ownerId);
  return {
    ...context,
    actor: {
      ...context.actor,
      type: "user",
      id: ownerId,
      permissions: owner?.permissions ?? new Set(),
    },
  };
}
