import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { recordPropertyChanges, type Values } from "#server/properties/record-property-changes.ts";
import { originOf } from "../contact-origin.ts";
import { normaliseEmail } from "../email-address.ts";
import { requireContact } from "../record/require-contact.ts";
import { type ContactReply, showContact } from "../record/show-contact.ts";
import { takeEmail } from "./claim-email.ts";
import { giveUpEmail } from "./give-up-email.ts";
import { selectEmails, setPrimary } from "./queries.ts";

interface Input {
  readonly contactId: string;
  readonly email: string;
}

/** Gives the contact one more address; its first becomes the primary one. */
export function addContactEmail(context: Context, input: Input): Promise<ContactReply> {
  return changing(context, input, async (context, { contactId, email }) => {
    const primary = (await selectEmails(context, contactId)).length === 0;
    await takeEmail(context, { contactId, email });
    if (primary) await setPrimary(context, { contactId, email });
  });
}

export function removeContactEmail(context: Context, input: Input): Promise<ContactReply> {
  return changing(context, input, async (context, { contactId, email }) => {
    await giveUpEmail(context, { contactId, email });
    const [first] = await selectEmails(context, contactId);
    await setPrimary(context, { contactId, email: first?.email ?? null });
  });
}

export function promoteContactEmail(context: Context, input: Input): Promise<ContactReply> {
  return changing(context, input, async (context, { contactId, email }) => {
    const known = (await selectEmails(context, contactId)).some((own) => own.email === email);
    if (!known) throw new AppError("not_found", "contacts:email_not_found", { email });
    await setPrimary(context, { contactId, email });
  });
}

type Change = (context: Context, input: Input) => Promise<void>;

/** Runs a change of addresses on a living contact and writes what it did into the history. */
async function changing(context: Context, input: Input, change: Change): Promise<ContactReply> {
  return inTransaction(context, async (context) => {
    const { id: contactId } = await requireContact(context, input.contactId);
    const before = await emailValues(context, contactId);
    await change(context, { contactId, email: readEmail(input.email) });
    await recordEmailChange(context, contactId, before);
    return showContact(context, { contactId });
  });
}

/** The addresses as the properties show them. */
export async function emailValues(context: Context, contactId: string): Promise<Values> {
  const emails = await selectEmails(context, contactId);
  const additional = emails.filter(({ primary }) => !primary).map(({ email }) => email);
  return {
    email: emails.find(({ primary }) => primary)?.email ?? null,
    hs_additional_emails: additional.length === 0 ? null : additional.join(";"),
  };
}

async function recordEmailChange(context: Context, contactId: string, before: Values): Promise<void> {
  const after = await emailValues(context, contactId);
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  if (changed.length === 0) return;
  const pick = (values: Values) => Object.fromEntries(changed.map((name) => [name, values[name] ?? null]));
  const change = { contactId, oldValues: pick(before), newValues: pick(after) };
  await recordPropertyChanges(context, [change], originOf(context));
}

function readEmail(raw: string): string {
  const read = normaliseEmail(raw);
  if ("email" in read) return read.email;
  throw new AppError("invalid_input", `contacts:email_problem.${read.problem}`, {
    property: "email",
    value: raw,
  });
}
