import type { z } from "zod";
import type * as contract from "#contract/contacts-index.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { countAll, countMatches } from "./queries.ts";

/** Exactly how many contacts match: the number that a selection of everybody would change. */
export async function countContacts(
  context: Context,
  { filter, query }: z.output<typeof contract.countContacts.input>,
): Promise<{ total: number }> {
  const everybody = filter.filterGroups.every(({ filters }) => filters.length === 0) && query.trim() === "";
  if (everybody) return { total: await countAll(context) };
  return { total: await countMatches(context, await whereMatches(context, { filter, query })) };
}
