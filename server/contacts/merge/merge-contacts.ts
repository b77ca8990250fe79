import { recordEvent } from "#server/events/record-event.ts";
import { movePin } from "#server/marketing-status/pins/move-pin.ts";
import { mergeStatus } from "#server/marketing-status/status/merge-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { claimUniqueValue, releaseUniqueValues } from "#server/properties/claim-unique-values.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { moveHistory } from "#server/properties/move-history.ts";
import type { Property } from "#server/properties/property.ts";
import { recordPropertyChanges, type Values } from "#server/properties/record-property-changes.ts";
import { mergeFacts } from "#server/subscriptions/merge-facts.ts";
import { statusSourceOf } from "../contact-origin.ts";
import { emailValues } from "../emails/change-emails.ts";
import { saveValues, selectValues } from "../record/queries.ts";
import { type ContactReply, showContact } from "../record/show-contact.ts";
import { differences } from "./merged-values.ts";
import { combineColumns, lockSides, moveEmails, moveNotes, redirect } from "./queries.ts";

interface Sides {
  readonly winnerId: string;
  readonly loserId: string;
}

/**
 * Makes two living contacts one. The winner's values stay and its empty ones are filled; addresses, notes, facts and
 * history come together; it keeps the later status, lowered if either side is protected. Cannot be undone.
 */
export async function mergeContacts(context: Context, sides: Sides): Promise<ContactReply> {
  requireTwo(sides);
  const { winnerId, loserId } = sides;
  return inTransaction(context, async (context) => {
    const living = await lockSides(context, sides);
    for (const contactId of [winnerId, loserId]) {
      if (!living.includes(contactId)) throw new AppError("not_found", "contacts:not_found", { contactId });
    }
    await mergeFacts(context, { survivorId: winnerId, loserId });
    await movePin(context, { from: loserId, to: winnerId });
    await mergeStatus(context, { survivorId: winnerId, loserId, ...statusSourceOf(context) });
    await moveHistory(context, { from: loserId, to: winnerId });
    await moveNotes(context, sides);
    await mergeValues(context, sides);
    await redirect(context, sides);
    await recordEvent(context, { type: "contact.merged", details: { winnerId, loserId } });
    return showContact(context, { contactId: winnerId });
  });
}

export function requireTwo({ winnerId, loserId }: Sides): void {
  if (winnerId === loserId)
    throw new AppError("invalid_input", "contacts:merge_same", { contactId: winnerId });
}

/** Fills the winner's empty values, addresses included, and writes one history entry about it. */
async function mergeValues(context: Context, sides: Sides): Promise<void> {
  const { winnerId, loserId } = sides;
  const properties = [...(await loadCatalogue(context)).values()].filter(({ name }) => name !== "email");
  const own = await selectValues(context, winnerId, properties);
  const other = await selectValues(context, loserId, properties);
  const filled = new Map(
    differences(properties, own, other).flatMap(({ property, winner, result }) =>
      winner === null ? [[property, result] as const] : [],
    ),
  );
  const emailsBefore = await emailValues(context, winnerId);
  await releaseUniqueValues(context, [loserId]);
  await claimFilled(context, winnerId, filled);
  await saveValues(context, winnerId, filled);
  await moveEmails(context, sides);
  await combineColumns(context, sides);
  const before: Values = {
    ...Object.fromEntries([...filled.keys()].map(({ name }) => [name, null])),
    ...emailsBefore,
  };
  const after: Values = {
    ...Object.fromEntries([...filled].map(([{ name }, value]) => [name, value])),
    ...(await emailValues(context, winnerId)),
  };
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  const pick = (values: Values) => Object.fromEntries(changed.map((name) => [name, values[name] ?? null]));
  const change = { contactId: winnerId, oldValues: pick(before), newValues: pick(after) };
  await recordPropertyChanges(context, [change], { sourceType: "MERGE", sourceId: loserId });
}

async function claimFilled(
  context: Context,
  contactId: string,
  filled: ReadonlyMap<Property, string | null>,
) {
  for (const [property, value] of filled) {
    if (property.hasUniqueValue) await claimUniqueValue(context, { contactId, property, value });
  }
}
