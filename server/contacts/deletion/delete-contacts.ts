import { recordEvent } from "#server/events/record-event.ts";
import type { SourceType } from "#server/marketing-status/marketing-status.ts";
import { removeStatus } from "#server/marketing-status/status/remove-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { releaseUniqueValues } from "#server/properties/claim-unique-values.ts";
import { keepSuppressions } from "#server/subscriptions/keep-suppressions.ts";
import { statusSourceOf } from "../contact-origin.ts";
import { requireContact } from "../record/require-contact.ts";
import { keepStatus, lockLiving, markDeleted } from "./queries.ts";

/** Deletes one contact; it can be restored for 90 days. */
export function deleteContact(
  context: Context,
  { contactId }: { contactId: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    const { id } = await requireContact(context, contactId);
    await deleteContacts(context, { ids: [id], ...statusSourceOf(context) });
    return {};
  });
}

interface Deletion {
  readonly ids: readonly string[];
  readonly sourceType: SourceType;
  readonly sourceId: string | null;
  readonly operationId?: string | null;
}

/**
 * Deletes contacts in one go: they stop counting at once, their addresses and unique values are free, and what a
 * restore needs is kept. Returns those that were there to delete.
 */
export function deleteContacts(context: Context, { ids, ...change }: Deletion): Promise<string[]> {
  return inTransaction(context, async (context) => {
    const { operationId = null } = change;
    const living = await lockLiving(context, ids);
    if (living.length === 0) return [];
    await keepSuppressions(context, living);
    await markDeleted(context, { ids: living, operationId });
    await removeStatus(context, { ids: living, kind: "deleted", ...change });
    await keepStatus(context, living);
    await releaseUniqueValues(context, living);
    const details = living.length === 1 ? { contactId: living[0] } : { contacts: living.length };
    await recordEvent(context, { type: "contact.deleted", details, operationId });
    return living;
  });
}
