import type { Filter } from "#contract/filters.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { defineList } from "./define-list.ts";
import { deleteHidden, holdLists, insertHidden } from "./queries.ts";
import { watchLists } from "./watch-lists.ts";

/**
 * An active list that people never see, kept because its joins and leaves say when contacts begin and cease to meet a
 * filter. Refuses a filter that no list could have.
 */
export function keepHiddenList(context: Context, filter: Filter): Promise<string> {
  return inTransaction(context, async (context) => {
    await holdLists(context);
    const listId = await insertHidden(context);
    await defineList(context, listId, filter);
    return listId;
  });
}

/** Its memberships go with the next sweep of deleted lists. */
export function dropHiddenLists(context: Context, listIds: readonly string[]): Promise<void> {
  return inTransaction(context, async (context) => {
    if (listIds.length === 0) return;
    await holdLists(context);
    await deleteHidden(context, listIds);
    await watchLists(context);
  });
}

/** Keeps lists from being worked out until the transaction ends: what is pending now is all there is. */
export function pauseLists(context: Context): Promise<void> {
  return holdLists(context);
}
