import { recordEvent } from "#server/events/record-event.ts";
import type { Context } from "#server/platform/context.ts";
import { inTransaction } from "#server/platform/context.ts";
import { removeList, removeMemberships, selectOverdueLists } from "./queries.ts";

/** Removes for good what was deleted more than 90 days ago: memberships some thousands at a time, then the list. */
export async function purgeLists(context: Context): Promise<void> {
  for (const { accountId, id } of await selectOverdueLists(context)) {
    const own = { ...context, accountId };
    while ((await removeMemberships(own, id)) > 0);
    await inTransaction(own, async (context) => {
      await removeList(context, id);
      await recordEvent(context, { type: "list.purged", details: { listId: id } });
    });
  }
}
