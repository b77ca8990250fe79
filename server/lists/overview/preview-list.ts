import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { requireList } from "../definition/require-list.ts";
import { countJoining, countMembers } from "./queries.ts";

/** How many contacts a filter has at this moment, and what it would change of a list. */
export async function previewList(
  context: Context,
  { filter, listId }: z.output<typeof contract.previewList.input>,
): Promise<z.input<typeof contract.previewList.reply>> {
  if (listId === undefined) {
    const { total } = await countContacts(context, { filter, query: "" });
    return { total, joining: null, leaving: null };
  }
  await requireList(context, listId);
  const where = await whereMatches(context, { filter, query: "" });
  const { total, joining } = await countJoining(context, listId, where);
  return { total, joining, leaving: (await countMembers(context, listId)) - (total - joining) };
}
