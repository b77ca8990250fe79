import { workflowDefinition } from "#contract/workflow-definition.ts";
import type { ListUse } from "#server/lists/overview/list-uses.ts";
import type { Context } from "#server/platform/context.ts";
import { listsOf } from "../definition/lists-of.ts";
import { versionsInUse } from "../triggers/versions-in-use.ts";
import { selectWorkflows } from "./queries.ts";

/** Workflows that name these lists. One that is on, or has somebody inside, stands in the way of their deletion. */
export async function findListUses(context: Context, listIds: readonly string[]): Promise<ListUse[]> {
  const workflows = await selectWorkflows(context, { query: "", folder: undefined });
  const running = new Map<string, Set<string>>();
  for (const { workflowId, definition } of await versionsInUse(context)) {
    const named = running.get(workflowId) ?? new Set();
    for (const listId of listsOf(workflowDefinition.parse(definition))) named.add(listId);
    running.set(workflowId, named);
  }
  return workflows.flatMap(({ id, name, draft }) => {
    const drafted = listsOf(workflowDefinition.parse(draft));
    return listIds
      .filter((listId) => drafted.has(listId) || running.get(id)?.has(listId))
      .map((listId) => {
        const blocks = running.get(id)?.has(listId) ?? false;
        return { listId, kind: "workflow", id, name, key: null, blocks };
      });
  });
}
