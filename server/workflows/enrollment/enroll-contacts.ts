import type { Step, WorkflowDefinition } from "#contract/workflow-definition.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { insertEnrollments } from "./queries.ts";

interface Enrollment {
  readonly workflow: RunningWorkflow;
  readonly ids: readonly string[];
  /** The place of the trigger that brought them, or who asked. */
  readonly cause: number | "manual" | "api" | "workflow";
  /** Whoever has entered after this enrollment has been here before, though its cause lets people in anew. */
  readonly since?: string;
}

/**
 * Enters contacts into a running workflow. Outcomes: enrolled, already_in, been_before (no re-enrollment for this
 * cause), stopped (sent to and fro by several workflows), suppressed, missing. They add up to `ids`.
 */
export function enrollContacts(
  context: Context,
  { workflow, ids, cause, since }: Enrollment,
): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    const { start } = workflow.definition;
    if (start === null || ids.length === 0) return [];
    const groups = await insertEnrollments(context, {
      workflow,
      ids,
      cause: String(cause),
      again: mayComeAgain(workflow, cause),
      since,
      firstStep: actionFirst(workflow.definition),
    });
    return groups.map(({ outcome, ids }) => ({ outcome, contactIds: ids }));
  });
}

const walked: ReadonlySet<Step["type"]> = new Set(["branch", "split", "delay", "go_to", "end"]);

/** Who may act at once is entered before the action; everybody else is walked to where they belong. */
function actionFirst({ start, steps, window }: WorkflowDefinition): Step | undefined {
  const first = steps.find(({ id }) => id === start);
  return first === undefined || window !== null || walked.has(first.type) ? undefined : first;
}

function mayComeAgain({ definition: { reenroll } }: RunningWorkflow, cause: Enrollment["cause"]): boolean {
  return typeof cause === "number" ? reenroll.on.includes(cause) : reenroll.manual;
}
