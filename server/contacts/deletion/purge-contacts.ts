import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { forgetContacts } from "./erase-contact.ts";
import { selectOverdue, withMerged } from "./queries.ts";

/** Removes for good what was deleted more than 90 days ago, account by account, some thousands at a time. */
export async function purgeContacts(context: Context): Promise<void> {
  for (;;) {
    const overdue = await selectOverdue(context);
    if (overdue.length === 0) return;
    for (const { accountId, ids } of overdue) await purge({ ...context, accountId }, ids);
  }
}

function purge(context: Context, contactIds: readonly string[]): Promise<void> {
  return inTransaction(context, async (context) => {
    const ids = await withMerged(context, contactIds);
    await forgetContacts(context, ids);
    await recordEvent(context, { type: "contact.purged", details: { contacts: contactIds.length } });
  });
}
