import { recordEvent } from "#server/events/record-event.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { type Context, inTransaction, requirePermission } from "#server/platform/context.ts";
import { claimUniqueValue } from "#server/properties/claim-unique-values.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { type ChangeOrigin, recordPropertyChanges } from "#server/properties/record-property-changes.ts";
import { protectAllSuppressed } from "#server/subscriptions/protect-suppressed.ts";
import { originOf, statusSourceOf } from "../contact-origin.ts";
import { claimEmail } from "../emails/claim-email.ts";
import { insertContact } from "./queries.ts";
import { type ReadValues, readValues } from "./read-values.ts";

interface Input {
  readonly properties: Readonly<Record<string, string | number | boolean | null>>;
  /** Set as marketing contact at once. */
  readonly marketing?: boolean;
}

export interface CreatedContact {
  readonly id: string;
  readonly outcome: string | null;
  readonly reason: string;
}

/**
 * Makes a contact by hand or by the API. Refuses a bad value (`invalid_input`) or a taken address (`conflict`).
 * Whether it becomes a marketing contact is said apart: the contact itself is stored in any case. One whose address
 * is remembered as opted out is skipped, because nobody was warned about that.
 */
export async function createContact(
  context: Context,
  { properties, marketing = false }: Input,
): Promise<CreatedContact> {
  if (marketing) requirePermission(context, "marketing-contacts.edit");
  return inTransaction(context, async (context) => {
    const values = readValues(await loadCatalogue(context), properties);
    const id = await storeContact(context, { values, origin: originOf(context) });
    if (!marketing) return { id, outcome: null, reason: "" };
    const [group] = await setMarketing(context, { ids: [id], ...statusSourceOf(context) });
    return { id, outcome: group?.outcome ?? null, reason: group?.reason ?? "" };
  });
}

interface NewContact {
  readonly values: ReadValues;
  readonly origin: ChangeOrigin;
}

/** Stores a contact with its addresses, unique values, history and event, in the caller's transaction. */
async function storeContact(context: Context, { values, origin }: NewContact): Promise<string> {
  const { sourceType: source, sourceId } = origin;
  const id = await insertContact(context, { values, source, sourceId });
  const written = [...values].filter((entry): entry is [(typeof entry)[0], string] => entry[1] !== null);
  for (const [property, value] of written) {
    if (property.name === "email") {
      await claimEmail(context, { contactId: id, email: value, primary: true });
      await protectAllSuppressed(context, [id]);
    } else if (property.hasUniqueValue) await claimUniqueValue(context, { contactId: id, property, value });
  }
  const newValues = Object.fromEntries(written.map(([{ name }, value]) => [name, value]));
  const oldValues = Object.fromEntries(written.map(([{ name }]) => [name, null]));
  await recordPropertyChanges(context, [{ contactId: id, oldValues, newValues }], origin);
  await recordEvent(context, { type: "contact.created", details: { contactId: id, source } });
  return id;
}
