import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type FullList, showList } from "../overview/show-list.ts";
import { workOutList } from "../upkeep/work-out-list.ts";
import { holdLists, storeStatic } from "./queries.ts";
import { requireList, requireType } from "./require-list.ts";
import { watchLists } from "./watch-lists.ts";

/** An active list becomes static, with exactly the contacts that match at this moment. */
export function convertList(context: Context, { listId }: { readonly listId: string }): Promise<FullList> {
  return inTransaction(context, async (context) => {
    await requireList(context, listId);
    await holdLists(context);
    await requireType(context, listId, "active");
    await workOutList(context, listId);
    await storeStatic(context, listId);
    await watchLists(context);
    await recordEvent(context, { type: "list.converted", details: { listId } });
    return showList(context, { listId });
  });
}
