import type { Selection } from "#contract/filters.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { requireExpected } from "#server/operations/require-expected.ts";
import { type StartedOperation, startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { requireType } from "../definition/require-list.ts";

interface Change {
  readonly listId: string;
  readonly selection: Selection;
  readonly expect?: number | undefined;
}

/** Adds contacts to a static list. */
export function startAdding(context: Context, change: Change): Promise<StartedOperation> {
  return start(context, "add_to_list", change);
}

/** Takes contacts off a static list. */
export function startRemoving(context: Context, change: Change): Promise<StartedOperation> {
  return start(context, "remove_from_list", change);
}

/** The scope is fixed first and then compared with what the person confirmed, so nobody slips in between. */
function start(
  context: Context,
  kind: string,
  { listId, selection, expect }: Change,
): Promise<StartedOperation> {
  return inTransaction(context, async (context) => {
    const { name } = await requireType(context, listId, "static");
    const searched = "ids" in selection ? {} : { filter: selection.filter, query: selection.query };
    const started = await startOperation(context, {
      kind,
      params: { listId, list: name, ...searched },
      scope: await selectContacts(context, selection),
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    requireExpected(expect, started.total);
    return started;
  });
}
