import type { Step } from "#contract/workflow-definition.ts";
import { notify } from "#server/accounts/notices/notify.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { changeWorkflow, lockWorkflow, selectWorkflow } from "../builder/queries.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { type Enrolled, idsOf } from "./enrolled.ts";
import { lockClaimed, moveEnrollments } from "./queries.ts";
import { isOutside } from "./step-act.ts";

interface Stopped {
  readonly workflow: RunningWorkflow;
  readonly step: Step;
  readonly batch: readonly Enrolled[];
  readonly now: Date;
}

/**
 * Pauses a workflow whose owner may no longer do what it does. Nobody falls out: contacts stay before the step, and go
 * on when somebody who may takes it over. Those who manage users are told, once.
 */
export function pauseForRights(context: Context, { workflow, step, batch, now }: Stopped): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockWorkflow(context, workflow.id);
    const ours = await lockClaimed(context, workflow.id, batch);
    const ids = idsOf(batch.filter(({ id }) => ours.has(id)));
    const stays = { ids, step: step.id, state: "active", dueAt: now, stays: true } as const;
    await moveEnrollments(context, workflow.id, [{ ...stays, outside: isOutside(step) }]);
    // Somebody may have turned it off meanwhile, and other steps of the same batch have paused it before.
    if ((await selectWorkflow(context, workflow.id))?.state !== "on") return;
    await changeWorkflow(context, workflow.id, { state: "paused", pauseReason: "owner_without_right" });
    await recordEvent(context, { type: "workflow.paused", details: { workflowId: workflow.id } });
    await notify(context, {
      to: { permission: "users.edit" },
      key: "workflows:notice_paused",
      details: { workflow: workflow.name },
      link: `/workflows/${workflow.id}`,
      mail: true,
    });
  });
}
