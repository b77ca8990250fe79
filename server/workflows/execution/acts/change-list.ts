import * as lists from "#server/lists/members/change-members.ts";
import { trickleInto } from "#server/operations/trickle/trickle-into.ts";
import type { Context } from "#server/platform/context.ts";
import type { StepOutcome, StepRun } from "../step-act.ts";
import { trickleOf } from "./trickle-of.ts";

export async function addToList(context: Context, run: StepRun<"add_to_list">): Promise<StepOutcome[]> {
  const { workflow, step, contactIds } = run;
  const { listId } = step;
  const params = { listId };
  const trickle = await trickleOf(context, { workflow, kind: "add_to_list", part: listId, params });
  const { operationId, outcomes } = await trickleInto(context, trickle, async (operationId) => {
    const { sourceType, sourceId } = trickle;
    const joined = await lists.addToList(context, {
      listId,
      ids: contactIds,
      operationId,
      sourceType,
      sourceId,
    });
    return parted(contactIds, joined, { changed: "added", rest: "already_in_list" });
  });
  return outcomes.map((outcome) => ({ ...outcome, operationId }));
}

export async function removeFromList(
  context: Context,
  run: StepRun<"remove_from_list">,
): Promise<StepOutcome[]> {
  const { workflow, step, contactIds } = run;
  const { listId } = step;
  const params = { listId };
  const trickle = await trickleOf(context, { workflow, kind: "remove_from_list", part: listId, params });
  const { operationId, outcomes } = await trickleInto(context, trickle, async (operationId) => {
    const gone = await lists.removeFromList(context, { listId, ids: contactIds, operationId });
    return parted(contactIds, gone, { changed: "removed", rest: "not_in_list" });
  });
  return outcomes.map((outcome) => ({ ...outcome, operationId }));
}

function parted(
  contactIds: readonly string[],
  changed: readonly string[],
  names: { readonly changed: string; readonly rest: string },
): { outcome: string; contactIds: readonly string[] }[] {
  const among = new Set(changed);
  return [
    { outcome: names.changed, contactIds: changed },
    { outcome: names.rest, contactIds: contactIds.filter((id) => !among.has(id)) },
  ].filter(({ contactIds }) => contactIds.length > 0);
}
