import type { z } from "zod";
import type { contact } from "#contract/contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { purgedAt } from "../deletion/deletion.ts";
import { selectEmails } from "../emails/queries.ts";
import { selectValues } from "./queries.ts";
import { findContact } from "./require-contact.ts";

export type ContactReply = z.input<typeof contact>;

/** A contact with every property, alive or deleted. */
export async function showContact(
  context: Context,
  { contactId }: { contactId: string },
): Promise<ContactReply> {
  const head = await findContact(context, contactId);
  const catalogue = await loadCatalogue(context);
  return {
    id: head.id,
    properties: await selectValues(context, head.id, [...catalogue.values()]),
    emails: await selectEmails(context, head.id),
    createdAt: head.createdAt.toISOString(),
    updatedAt: head.updatedAt.toISOString(),
    deletedAt: head.deletedAt?.toISOString() ?? null,
    countsWhenRestored: head.countsWhenRestored,
    purgedAt: head.deletedAt ? purgedAt(head.deletedAt).toISOString() : null,
  };
}
