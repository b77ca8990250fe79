import { requirePlan } from "#server/billing/require-plan.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, requirePermission } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { changing } from "../builder/change-workflow.ts";
import { changeWorkflow } from "../builder/queries.ts";
import { requireWorkflow, type View } from "../builder/show-workflow.ts";
import { permissionsNeeded } from "../definition/permissions-needed.ts";
import { loadVersions } from "../load-workflow.ts";
import { hearFromNow, hearWorkflows } from "../triggers/hear-workflows.ts";

/**
 * Lets a workflow go on that was paused for its account's plan, as it stood: the same version, with everybody inside.
 * One that is paused for its owner's rights is taken over instead.
 */
export function resumeWorkflow(context: Context, { workflowId }: { workflowId: string }): Promise<View> {
  return changing(context, workflowId, async (context) => {
    await requirePlan(context, "workflows");
    const { state, pauseReason, version } = await requireWorkflow(context, workflowId);
    const running = version && (await loadVersions(context, workflowId, [version])).get(version);
    if (state !== "paused" || pauseReason !== "plan" || !running)
      throw new AppError("conflict", "workflows:not_paused_for_plan", { workflowId });
    for (const permission of permissionsNeeded(running.definition)) requirePermission(context, permission);
    await changeWorkflow(context, workflowId, { state: "on" });
    await hearWorkflows(context, workflowId);
    await hearFromNow(context, workflowId);
    await recordEvent(context, { type: "workflow.resumed", details: { workflowId } });
  });
}
