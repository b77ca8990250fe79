import { nextUpdate } from "#server/billing/load-billing.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { trickleInto } from "#server/operations/trickle/trickle-into.ts";
import type { Context } from "#server/platform/context.ts";
import { statusOutcome } from "../../definition/status-outcome.ts";
import type { StepOutcome, StepRun } from "../step-act.ts";
import { trickleOf } from "./trickle-of.ts";

/** Calls the same act as everybody; what it leaves as it is becomes an outcome that one can branch on. */
export async function setStatus(context: Context, run: StepRun<"set_status">): Promise<StepOutcome[]> {
  const { step, workflow, contactIds } = run;
  const lowers = step.value === "non_marketing";
  const effectiveAt = lowers ? (await nextUpdate(context)).toISOString() : null;
  const kind = lowers ? "set_non_marketing" : "set_marketing";
  const trickle = await trickleOf(context, {
    workflow,
    kind,
    part: effectiveAt ?? "",
    params: { effectiveAt },
  });
  const { operationId, outcomes } = await trickleInto(context, trickle, (operationId) => {
    const change = { ids: contactIds, operationId, sourceType: "WORKFLOW", sourceId: workflow.id } as const;
    return lowers ? setNonMarketing(context, change) : setMarketing(context, change);
  });
  return outcomes.map(({ outcome, reason, contactIds }) => {
    const found = statusOutcome(outcome, reason);
    const way = step.branches[found] === undefined ? "next" : found;
    return { outcome: found, way, contactIds, operationId, details: { result: outcome } };
  });
}
