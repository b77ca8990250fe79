import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import { findContact } from "#server/contacts/record/require-contact.ts";
import type { Context } from "#server/platform/context.ts";
import { selectListsOf } from "./queries.ts";

/** The lists a contact is in; a deleted one is in none. */
export async function listsOfContact(
  context: Context,
  { contactId }: { readonly contactId: string },
): Promise<z.input<typeof contract.listsOfContact.reply>> {
  const { id } = await findContact(context, contactId);
  const lists = await selectListsOf(context, id);
  return { lists: lists.map((list) => ({ ...list, addedAt: list.addedAt.toISOString() })) };
}
