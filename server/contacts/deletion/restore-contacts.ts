import type { z } from "zod";
import type { restoreContact as endpoint } from "#contract/contacts.ts";
import { recordEvent } from "#server/events/record-event.ts";
import type { SourceType } from "#server/marketing-status/marketing-status.ts";
import { restoreStatus } from "#server/marketing-status/status/restore-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { reclaimUniqueValues } from "#server/properties/claim-unique-values.ts";
import { type ChangeOrigin, recordPropertyChanges } from "#server/properties/record-property-changes.ts";
import { originOf, statusSourceOf } from "../contact-origin.ts";
import { findContact } from "../record/require-contact.ts";
import { showContact } from "../record/show-contact.ts";
import {
  type ChangedPrimary,
  dropLostValues,
  forgetDeletion,
  type LostValue,
  markLiving,
  reclaimEmails,
  repairPrimary,
  type TakenEmail,
} from "./queries.ts";

/** Restores one contact, without the addresses that others have taken, and says which those are. */
export function restoreContact(
  context: Context,
  { contactId }: { contactId: string },
): Promise<z.input<typeof endpoint.reply>> {
  return inTransaction(context, async (context) => {
    const { id } = await findContact(context, contactId);
    const { restored, taken, withoutRoom } = await restoreContacts(context, {
      ids: [id],
      ...statusSourceOf(context),
      origin: originOf(context),
    });
    if (restored.length === 0) throw new AppError("conflict", "contacts:not_deleted", { contactId: id });
    return {
      contact: await showContact(context, { contactId: id }),
      taken: taken.map(({ email, holderId }) => ({ email, contactId: holderId })),
      withoutRoom: withoutRoom.held.includes(id)
        ? "held"
        : withoutRoom.refused.includes(id)
          ? "refused"
          : null,
    };
  });
}

interface Restoring {
  readonly ids: readonly string[];
  readonly sourceType: SourceType;
  readonly sourceId: string | null;
  readonly operationId?: string | null;
  /** What the history puts lost values down to. */
  readonly origin: ChangeOrigin;
}

interface Restored {
  readonly restored: string[];
  readonly taken: TakenEmail[];
  /** They counted when they were deleted, and there is no room for them now. */
  readonly withoutRoom: { readonly held: readonly string[]; readonly refused: readonly string[] };
}

const nobody = { held: [], refused: [] };

/** Restores deleted contacts in one go. Their status counts again where the time it had still lies ahead. */
export function restoreContacts(context: Context, { ids, origin, ...change }: Restoring): Promise<Restored> {
  return inTransaction(context, async (context) => {
    const restored = await markLiving(context, ids);
    if (restored.length === 0) return { restored, taken: [], withoutRoom: nobody };
    const taken = await reclaimEmails(context, restored);
    const changed = await repairPrimary(context, restored);
    const lost = await reclaimUniqueValues(context, restored);
    if (lost.length > 0) await dropLostValues(context, lost);
    await recordPropertyChanges(context, lossesOf(changed, lost), { ...origin, sourceType: "RESTORE" });
    const beyond = await restoreStatus(context, { ids: restored, ...change });
    await forgetDeletion(context, restored);
    const details = restored.length === 1 ? { contactId: restored[0] } : { contacts: restored.length };
    await recordEvent(context, {
      type: "contact.restored",
      details,
      operationId: change.operationId ?? null,
    });
    const of = (name: string) =>
      beyond.flatMap(({ outcome, contactIds }) => (outcome === name ? contactIds : []));
    return { restored, taken, withoutRoom: { held: of("held"), refused: of("refused") } };
  });
}

/** What restored contacts had to leave behind, as one history entry for each. */
function lossesOf(emails: readonly ChangedPrimary[], values: readonly LostValue[]) {
  const losses = new Map<
    string,
    { old: Record<string, string | null>; now: Record<string, string | null> }
  >();
  const of = (contactId: string) => {
    const known = losses.get(contactId) ?? { old: {}, now: {} };
    losses.set(contactId, known);
    return known;
  };
  for (const { contactId, before, after } of emails) {
    Object.assign(of(contactId).old, { email: before });
    Object.assign(of(contactId).now, { email: after });
  }
  for (const { contactId, property, value } of values) {
    Object.assign(of(contactId).old, { [property]: value });
    Object.assign(of(contactId).now, { [property]: null });
  }
  return [...losses].map(([contactId, { old, now }]) => ({ contactId, oldValues: old, newValues: now }));
}
