import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { enrollContacts } from "../../enrollment/enroll-contacts.ts";
import { loadRunning } from "../../load-workflow.ts";
import type { StepOutcome, StepRun } from "../step-act.ts";

/** Enters the contacts into another workflow; where it is off, they wait until a person decides. */
export async function enroll(
  context: Context,
  { step, contactIds }: StepRun<"enroll">,
): Promise<StepOutcome[]> {
  const workflow = await loadRunning(context, step.workflowId);
  if (!workflow) throw new AppError("conflict", "workflows:not_on", { workflowId: step.workflowId });
  const outcomes = await enrollContacts(context, { workflow, ids: contactIds, cause: "workflow" });
  return outcomes.map(({ outcome, contactIds }) => ({ outcome, contactIds }));
}
