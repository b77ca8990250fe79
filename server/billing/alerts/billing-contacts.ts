import type { z } from "zod";
import type { addBillingContact, showAlerts as endpoint } from "#contract/billing-contacts.ts";
import { isMailConfigured } from "#server/accounts/mail/mail-settings.ts";
import { listMembers } from "#server/accounts/roles/granters.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadBilling } from "../load-billing.ts";
import { thresholds } from "./limit-alert.ts";
import {
  confirmContactRow,
  deleteContact,
  insertContact,
  selectAlerts,
  selectContacts,
  selectUsageNow,
} from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;

/** Who is told what: the people with Billing, addresses outside, and the shares of the limit. */
export async function showAlerts(context: Context): Promise<Reply> {
  const { contactLimit, calendar } = await loadBilling(context);
  const members = await listMembers(context);
  const states = await selectAlerts(context);
  return {
    people: members
      .filter(({ permissions }) => permissions.has("billing.edit"))
      .map(({ id, name, email }) => ({ id, name, email })),
    contacts: await contactsShown(context),
    mail: await isMailConfigured(context),
    timeZone: calendar.timeZone,
    usage: await selectUsageNow(context),
    contactLimit,
    thresholds: thresholds.map((threshold) => {
      const state = states.find((each) => each.threshold === threshold);
      return {
        threshold,
        at: contactLimit === null ? null : Math.ceil((threshold * contactLimit) / 100),
        crossedAt: state?.crossedAt?.toISOString() ?? null,
        armed: state?.armed ?? true,
      };
    }),
  };
}

async function contactsShown(context: Context): Promise<Reply["contacts"]> {
  const contacts = await selectContacts(context);
  const users = contacts.map(({ confirmedBy }) => ({ type: "user", id: confirmedBy }));
  const nameOf = await nameActors(context, users);
  return contacts.map(({ id, email, confirmedAt, confirmedBy }) => ({
    id,
    email,
    confirmedAt: confirmedAt?.toISOString() ?? null,
    confirmedBy: nameOf({ type: "user", id: confirmedBy }),
  }));
}

/** It gets nothing until somebody has confirmed that the address is right. */
export function addContact(
  context: Context,
  { email }: z.output<typeof addBillingContact.input>,
): Promise<void> {
  return inTransaction(context, async (context) => {
    if (!(await insertContact(context, email)))
      throw new AppError("conflict", "billing:contact_taken", { email });
    await recordEvent(context, { type: "billing_contact.added" });
  });
}

export function confirmContact(context: Context, { id }: { id: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    if (!(await confirmContactRow(context, id))) throw new AppError("not_found", "billing:contact_missing");
    await recordEvent(context, { type: "billing_contact.confirmed", details: { id } });
  });
}

export function removeContact(context: Context, { id }: { id: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    if (!(await deleteContact(context, id))) throw new AppError("not_found", "billing:contact_missing");
    await recordEvent(context, { type: "billing_contact.removed", details: { id } });
  });
}
