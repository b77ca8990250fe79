import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { claimUniqueValue } from "#server/properties/claim-unique-values.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Property } from "#server/properties/property.ts";
import { type ChangeOrigin, recordPropertyChanges } from "#server/properties/record-property-changes.ts";
import { originOf } from "../contact-origin.ts";
import { emailValues } from "../emails/change-emails.ts";
import { takeEmail } from "../emails/claim-email.ts";
import { giveUpEmail } from "../emails/give-up-email.ts";
import { selectEmails, setPrimary } from "../emails/queries.ts";
import { saveValues, selectValues } from "./queries.ts";
import { type ReadValues, readValues } from "./read-values.ts";
import { requireContact } from "./require-contact.ts";
import { type ContactReply, showContact } from "./show-contact.ts";

interface Input {
  readonly contactId: string;
  readonly properties: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes the named values. Refuses as a whole when one is bad or taken. */
export function updateContact(context: Context, { contactId, properties }: Input): Promise<ContactReply> {
  return inTransaction(context, async (context) => {
    const { id } = await requireContact(context, contactId);
    const values = readValues(await loadCatalogue(context), properties);
    await changeValues(context, { contactId: id, values, origin: originOf(context) });
    return showContact(context, { contactId: id });
  });
}

interface Change {
  readonly contactId: string;
  readonly values: ReadValues;
  readonly origin: ChangeOrigin;
}

/** Writes what differs, with its history; false when nothing does. The caller holds the contact. */
async function changeValues(context: Context, { contactId, values, origin }: Change): Promise<boolean> {
  const before = await selectValues(context, contactId, [...values.keys()]);
  const changed = new Map([...values].filter(([{ name }, value]) => before[name] !== value));
  if (changed.size === 0) return false;
  const emailsBefore = await emailValues(context, contactId);
  await claimChanged(context, contactId, changed);
  await saveValues(context, contactId, withoutEmail(changed));
  const emails = await changedEmails(context, contactId, emailsBefore);
  const names = [...changed.keys()].map(({ name }) => name).filter((name) => name !== "email");
  const after = Object.fromEntries([...changed].map(([{ name }, value]) => [name, value]));
  await recordPropertyChanges(
    context,
    [
      {
        contactId,
        oldValues: { ...pick(before, names), ...pick(emailsBefore, Object.keys(emails)) },
        newValues: { ...pick(after, names), ...emails },
      },
    ],
    origin,
  );
  await recordEvent(context, {
    type: "contact.updated",
    details: { contactId, properties: [...names, ...Object.keys(emails)] },
    operationId: origin.operationId ?? null,
  });
  return true;
}

async function claimChanged(context: Context, contactId: string, changed: ReadValues): Promise<void> {
  for (const [property, value] of changed) {
    if (property.name === "email") await replacePrimary(context, contactId, value);
    else if (property.hasUniqueValue) await claimUniqueValue(context, { contactId, property, value });
  }
}

/** A new address takes the primary one's place, or is promoted when the contact has it already. */
async function replacePrimary(context: Context, contactId: string, email: string | null): Promise<void> {
  const emails = await selectEmails(context, contactId);
  const own = emails.some((known) => known.email === email);
  const old = emails.find(({ primary }) => primary);
  if (old && !own) await giveUpEmail(context, { contactId, email: old.email });
  if (email !== null && !own) await takeEmail(context, { contactId, email });
  const next = emails.find(({ primary }) => !primary);
  await setPrimary(context, { contactId, email: email ?? next?.email ?? null });
}

async function changedEmails(context: Context, contactId: string, before: Record<string, string | null>) {
  const after = await emailValues(context, contactId);
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
}

function withoutEmail(values: ReadValues): ReadValues {
  return new Map([...values].filter(([property]: [Property, unknown]) => property.name !== "email"));
}

function pick(values: Readonly<Record<string, string | null>>, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
