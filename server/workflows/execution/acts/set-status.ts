import { nextUpdate } from "#server/billing/load-billing.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { trickleInto } from "#server/operations/trickle/trickle-into.ts";
import type { Context } from "#server/platform/context.ts";
import { selectHoldEnds } from "../../care/queries.ts";
import { stopFlips } from "../../care/stop-flips.ts";
import { statusOutcome } from "../../definition/status-outcome.ts";
import { alike } from "../enrolled.ts";
import type { StepOutcome, StepRun, Waits } from "../step-act.ts";
import { trickleOf } from "./trickle-of.ts";

/**
 * Calls the same act as everybody; what it leaves as it is becomes an outcome that one can branch on. Who is held, or
 * comes while the workflow is paused for being too fast, and has no way of its own waits here until people decide.
 * Whom workflows change to and fro leaves.
 */
export async function setStatus(context: Context, run: StepRun<"set_status">): Promise<StepOutcome[]> {
  const decided = await decisions(context, run);
  const known = new Set(decided.flatMap(({ contactIds }) => contactIds));
  const contactIds = run.contactIds.filter((id) => !known.has(id));
  const changed = contactIds.length === 0 ? [] : await change(context, { ...run, contactIds });
  return [...decided, ...changed];
}

/** What has become of raises that were held at this step: who was approved goes on as if it had been set at once. */
async function decisions(context: Context, { step, waited }: StepRun<"set_status">): Promise<StepOutcome[]> {
  if (waited.length === 0) return [];
  const ends = await selectHoldEnds(context, waited);
  return [...alike(ends.entries(), ([, endedBy]) => endedBy)].map(([endedBy, group]) => {
    const contactIds = group.map(([id]) => id);
    if (endedBy === null) return { outcome: "held", waits: "held", contactIds };
    const outcome = endedBy === "approved" || endedBy === "raised" ? "set" : "refused";
    return { outcome, way: wayOf(step, outcome), contactIds, details: { result: endedBy } };
  });
}

async function change(context: Context, run: StepRun<"set_status">): Promise<StepOutcome[]> {
  const { step, workflow, contactIds } = run;
  const lowers = step.value === "non_marketing";
  const effectiveAt = lowers ? (await nextUpdate(context)).toISOString() : null;
  const kind = lowers ? "set_non_marketing" : "set_marketing";
  const params = { effectiveAt };
  const trickle = await trickleOf(context, { workflow, kind, part: effectiveAt ?? "", params });
  const { operationId, outcomes } = await trickleInto(context, trickle, (operationId) => {
    const change = { ids: contactIds, operationId, sourceType: "WORKFLOW", sourceId: workflow.id } as const;
    return lowers ? setNonMarketing(context, change) : setMarketing(context, change);
  });
  const found = outcomes.map(({ outcome, reason, contactIds }): StepOutcome => {
    const outcomeHere = statusOutcome(outcome, reason);
    const waits = step.branches[outcomeHere] === undefined ? waitsFor[outcomeHere] : undefined;
    if (waits) return { outcome: outcomeHere, waits, contactIds };
    const decided = { outcome: outcomeHere, way: wayOf(step, outcomeHere), contactIds };
    return { ...decided, details: { result: outcome }, ...(outcomeHere !== "paused" && { operationId }) };
  });
  return withoutFlips(context, run, found);
}

const waitsFor: Readonly<Record<string, Waits>> = { held: "held", paused: "spike" };

function wayOf(step: StepRun<"set_status">["step"], outcome: keyof typeof step.branches): string {
  return step.branches[outcome] === undefined ? "next" : outcome;
}

/** Parts those from the changed whom this change has made the third to and fro. */
async function withoutFlips(
  context: Context,
  { workflow, step }: StepRun<"set_status">,
  outcomes: readonly StepOutcome[],
): Promise<StepOutcome[]> {
  const changed = outcomes.filter(({ outcome }) => outcome === "set");
  const contactIds = changed.flatMap(({ contactIds }) => contactIds);
  const stopped = await stopFlips(context, { workflow, step: step.id, contactIds });
  if (stopped.length === 0) return [...outcomes];
  const leaving = stopped.map(({ contactIds, details }) => ({ among: new Set(contactIds), details }));
  return outcomes.flatMap((outcome) => {
    if (outcome.outcome !== "set") return [outcome];
    const left = leaving.map(({ among, details }) => ({
      ...outcome,
      contactIds: outcome.contactIds.filter((id) => among.has(id)),
      leaves: { reason: "flips", details },
    }));
    const staying = outcome.contactIds.filter((id) => leaving.every(({ among }) => !among.has(id)));
    return [{ ...outcome, contactIds: staying }, ...left].filter(({ contactIds }) => contactIds.length > 0);
  });
}
