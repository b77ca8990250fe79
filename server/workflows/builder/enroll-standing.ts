import { type RawBuilder, sql } from "kysely";
import type { Happening } from "#contract/workflow-definition.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { enqueue } from "#server/platform/job.ts";
import { standingFact } from "../definition/standing-fact.ts";
import { lastEnrollment, startStanding } from "../enrollment/start-enrolling.ts";
import { loadRunning } from "../load-workflow.ts";
import { isUnheard } from "../triggers/hear-workflows.ts";
import { whoMet } from "../triggers/keep-filters.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { hasBeenIn, isAnyone, storeStanding, takeStanding } from "./queries.ts";

const LATE_MS = 60_000;

/** Notes that those who meet a trigger are to be entered, in the transaction that turns the workflow on. */
export async function noteStanding(context: Context, workflowId: string): Promise<void> {
  const { type, id } = context.actor;
  await storeStanding(context, workflowId, await lastEnrollment(context));
  // Where the process ends before it has entered them.
  await enqueue(context, {
    name: "workflows.enroll-standing",
    payload: { workflowId, actor: { type, id } },
    key: `workflows.enroll-standing:${context.accountId}:${workflowId}`,
    runAt: new Date(Date.now() + LATE_MS),
  });
}

interface Late {
  readonly workflowId: string;
  readonly actor: Pick<Context["actor"], "type" | "id">;
}

/** Enters those who are still to be entered, in the name of whoever turned the workflow on. */
export function enrollStandingLate(context: Context, { workflowId, actor }: Late): Promise<void> {
  return enrollStanding({ ...context, actor: { ...context.actor, ...actor } }, { workflowId });
}

/**
 * Enters those who meet a trigger of a workflow that has been turned on, as the trigger would have brought them: one
 * operation for each trigger. Whom several of them mean enters once, by the first that may bring it in. Whoever has come
 * to meet one since then is left to what has been noted of that; writers need not wait.
 */
export function enrollStanding(context: Context, { workflowId }: { workflowId: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    const since = await takeStanding(context, workflowId);
    const workflow = since === null ? undefined : await loadRunning(context, workflowId);
    if (since === null || !workflow) return;
    const entering: RawBuilder<unknown>[] = [];
    for (const [trigger, happening] of workflow.definition.triggers.entries()) {
      const met = await metBy(context, workflow, { trigger, happening });
      if (met === null) continue;
      const again = workflow.definition.reenroll.on.includes(trigger);
      const mine = sql`select c.id from (${met}) met join contact c on c.account_id = ${context.accountId} and c.id = met.id
        where c.deleted_at is null and not ${hasBeenIn(context, workflowId, again)}`;
      const scope = sql.join([mine, ...entering], sql` except `);
      entering.push(mine);
      if (await isAnyone(context, scope)) await startStanding(context, { workflowId, scope, trigger, since });
    }
  });
}

/** A select of one column `id`; null where nothing tells who meets the trigger already. */
async function metBy(
  context: Context,
  { id: workflowId, version }: RunningWorkflow,
  { trigger, happening }: { trigger: number; happening: Happening },
): Promise<RawBuilder<unknown> | null> {
  if (happening.type === "filter_met")
    return whoMet(context, { workflowId, version, place: String(trigger) });
  const filter = standingFact(happening);
  if (filter === null) return null;
  // A list as it is kept: whoever is going to be put on it is heard of then.
  const where = await whereMatches(context, { filter, query: "", asKept: true });
  return sql`select c.id from contact c where c.account_id = ${context.accountId} and c.deleted_at is null and ${where}
    and not ${isUnheard(context, { workflowId, happening })}`;
}
