import { recordEvent } from "#server/events/record-event.ts";
import { forgetPins } from "#server/marketing-status/pins/move-pin.ts";
import { removeStatus } from "#server/marketing-status/status/remove-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { releaseUniqueValues } from "#server/properties/claim-unique-values.ts";
import { forgetHistory } from "#server/properties/move-history.ts";
import { forgetFacts } from "#server/subscriptions/forget-facts.ts";
import { keepSuppressions } from "#server/subscriptions/keep-suppressions.ts";
import { statusSourceOf } from "../contact-origin.ts";
import { findContact } from "../record/require-contact.ts";
import { eraseElsewhere } from "./erasers.ts";
import { removeRows, selectAddresses, withMerged } from "./queries.ts";

/**
 * Removes a person for good, alive or deleted: values, addresses, history, notes, facts, and those of contacts that
 * were merged into it. What stays is the ledger, which knows only the id, and the hash of a suppression.
 * Features that keep something of their own about a contact register an eraser.
 */
export function eraseContact(
  context: Context,
  { contactId }: { contactId: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    const { id } = await findContact(context, contactId);
    const ids = await withMerged(context, [id]);
    await removeStatus(context, { ids, kind: "erased", ...statusSourceOf(context) });
    await forgetContacts(context, ids);
    await recordEvent(context, { type: "contact.erased", details: { contactId: id, ids } });
    return {};
  });
}

/** Removes every trace of contacts that no longer count, in the caller's transaction. */
export async function forgetContacts(context: Context, ids: readonly string[]): Promise<void> {
  await eraseElsewhere(context, { ids, emails: await selectAddresses(context, ids) });
  await keepSuppressions(context, ids);
  await forgetFacts(context, ids);
  await forgetPins(context, ids);
  await releaseUniqueValues(context, ids);
  await forgetHistory(context, ids);
  await removeRows(context, ids);
}
