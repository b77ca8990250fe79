import type { z } from "zod";
import { workflowDefinition } from "#contract/workflow-definition.ts";
import type * as contract from "#contract/workflow-history.ts";
import type * as builder from "#contract/workflows.ts";
import { requirePlan } from "#server/billing/require-plan.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { dismissAll } from "../builder/queries.ts";
import { listVersions } from "../builder/show-workflow.ts";
import { isOutside } from "../execution/step-act.ts";
import { lockParked, releaseParked } from "./queries.ts";

/** Tries those again that are parked, from the step where they stand. */
export function retryParked(
  context: Context,
  input: z.output<typeof contract.retryParked.input>,
): Promise<{ retried: number }> {
  return inTransaction(context, async (context) => {
    const { workflowId } = input;
    await requirePlan(context, "workflows");
    const { versions } = await listVersions(context, { workflowId });
    const steps = versions.flatMap(({ definition }) => workflowDefinition.parse(definition).steps);
    const outside = steps.filter(isOutside).map(({ id }) => id);
    const retried = await releaseParked(context, input, [...new Set(outside)]);
    await recordEvent(context, { type: "workflow.retried", details: { workflowId, retried } });
    return { retried };
  });
}

/** Takes contacts out of a workflow; what it did to them stays. */
export function unenroll(
  context: Context,
  { workflowId, contactIds: chosen, parked }: z.output<typeof builder.unenrollFromWorkflow.input>,
): Promise<{ left: number }> {
  return inTransaction(context, async (context) => {
    await listVersions(context, { workflowId });
    const contactIds = chosen ?? (await lockParked(context, { workflowId, step: parked?.step }));
    const left = await dismissAll(context, workflowId, { reason: "by_hand", contactIds });
    await recordEvent(context, { type: "workflow.unenrolled", details: { workflowId, left } });
    return { left };
  });
}
