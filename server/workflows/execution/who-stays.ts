import type { Step } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";
import { nextInWindow } from "../definition/execution-window.ts";
import { isSuppressed } from "../suppressed.ts";
import { actOf } from "./acts.ts";
import { type Enrolled, idsOf } from "./enrolled.ts";
import { type Journey, meeting, type Travel } from "./journey.ts";
import { followSurvivors, isOn, lockClaimed, selectGone, selectMatching } from "./queries.ts";
import { isOutside } from "./step-act.ts";

export interface Batch {
  readonly travel: Travel;
  /** All at the same step. */
  readonly step: Step;
  readonly batch: readonly Enrolled[];
}

/**
 * For whom the step is done now: those whose claim still stands, without those who have no business here any more, who
 * leave. Nobody, and everybody stands as before, when the workflow was turned off since they were claimed, or its hours
 * are over: they may have been due for long.
 */
export async function whoStays(
  context: Context,
  work: Batch,
  journey: Journey,
): Promise<readonly Enrolled[]> {
  const { workflow, now, timeZone } = work.travel;
  const held = await lockClaimed(context, workflow.id, work.batch);
  const batch = work.batch.filter(({ id }) => held.has(id));
  if (batch.length === 0) return [];
  const opens = actOf(work.step) ? nextInWindow(workflow.definition.window, now, timeZone) : now;
  if (opens <= now && (await isOn(context, workflow.id)))
    return dismiss(context, { ...work, batch }, journey);
  const state = opens > now ? "waiting" : "active";
  const stays = { ids: idsOf(batch), step: work.step.id, state, dueAt: opens, stays: true } as const;
  journey.moves.push({ ...stays, outside: isOutside(work.step) });
  return [];
}

/** Lets those go who have no business here any more; answers who stays, as who they are now. */
async function dismiss(
  context: Context,
  { travel, step, batch }: Batch,
  journey: Journey,
): Promise<readonly Enrolled[]> {
  const leave = (leaving: readonly Enrolled[], reason: string) => {
    if (leaving.length === 0) return;
    const ids = idsOf(leaving);
    journey.moves.push({ ids, step: step.id, state: "left", dueAt: null, reason });
    journey.entries.push({ ids, step: step.id, kind: "left", outcome: reason });
  };
  const { living, gone, merged } = await survivors(context, travel, batch);
  leave(gone, "deleted");
  leave(merged, "merged");
  let staying = living;
  const { goal, unenroll, suppressionListIds } = travel.workflow.definition;
  const dismissIf = (met: ReadonlySet<string>, reason: string) => {
    leave(
      staying.filter(({ contactId }) => met.has(contactId)),
      reason,
    );
    staying = staying.filter(({ contactId }) => !met.has(contactId));
  };
  if (goal !== null) dismissIf(await meeting(context, staying, goal), "goal");
  if (unenroll !== null) dismissIf(await meeting(context, staying, unenroll), "unenrolled");
  if (suppressionListIds.length > 0 && staying.length > 0) {
    const ids = staying.map(({ contactId }) => contactId);
    dismissIf(
      await selectMatching(context, ids, await isSuppressed(context, suppressionListIds)),
      "suppressed",
    );
  }
  return staying;
}

async function survivors(context: Context, { workflow }: Travel, batch: readonly Enrolled[]) {
  const away = await selectGone(context, batch);
  if (away.length === 0) return { living: batch, gone: [], merged: [] };
  const to = new Map(away.map(({ id, contactId }) => [id, contactId]));
  const moved = away.flatMap(({ id, contactId }) => (contactId === null ? [] : [{ id, contactId }]));
  const followed = new Map(
    (await followSurvivors(context, workflow.id, moved)).map(({ id, contactId }) => [id, contactId]),
  );
  return {
    living: batch
      .filter(({ id }) => !to.has(id) || followed.has(id))
      .map((enrolled) => ({ ...enrolled, contactId: followed.get(enrolled.id) ?? enrolled.contactId })),
    gone: batch.filter(({ id }) => to.get(id) === null),
    merged: batch.filter(({ id }) => typeof to.get(id) === "string" && !followed.has(id)),
  };
}
