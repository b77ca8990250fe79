import type { ListUse } from "#server/lists/overview/list-uses.ts";
import type { Context } from "#server/platform/context.ts";
import { selectPlans } from "./queries.ts";

/** The plans whose choice names these lists: without its list a plan is paused, so it stands in the way of a deletion. */
export async function findListUses(context: Context, listIds: readonly string[]): Promise<ListUse[]> {
  const plans = await selectPlans(context);
  return plans.flatMap(({ id, name, choice }) =>
    listIds
      .filter((listId) => choice.others === "taken" && choice.lists.includes(listId))
      .map((listId) => ({ listId, kind: "plan", id, name, key: null, blocks: true })),
  );
}
