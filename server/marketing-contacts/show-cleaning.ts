import type { z } from "zod";
import type { Filter } from "#contract/filters.ts";
import { cleaningReasons, type showCleaning as endpoint } from "#contract/marketing-contacts.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { cleaningFilter } from "./cleaning.ts";

/** What one could clean, counted by the same filters that the index then opens with. */
export async function showCleaning(context: Context): Promise<z.output<typeof endpoint.reply>> {
  const count = async (filter: Filter): Promise<number> =>
    (await countContacts(context, { filter, query: "" })).total;
  const groups = [];
  for (const reason of cleaningReasons) {
    const filter = cleaningFilter(reason);
    groups.push({ reason, contacts: await count(filter), filter });
  }
  const filter = cleaningFilter(...groups.filter(({ contacts }) => contacts > 0).map(({ reason }) => reason));
  return { groups, total: filter.filterGroups.length === 0 ? 0 : await count(filter), filter };
}
