import type { z } from "zod";
import type * as contract from "#contract/contacts-index.ts";
import type { Condition, Filter } from "#contract/filters.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { countAll, countMatches, countTally } from "./queries.ts";

/** Exactly how many contacts match: the number that a selection of everybody would change. */
export async function countContacts(
  context: Context,
  { filter, query }: z.output<typeof contract.countContacts.input>,
): Promise<{ total: number }> {
  const conditions = filter.filterGroups.flatMap(({ filters }) => filters);
  const [only] = conditions;
  if (query.trim() !== "" || conditions.length > 1) return countEach(context, { filter, query });
  if (!only) return { total: await countAll(context) };
  return (await countStatus(context, only)) ?? countEach(context, { filter, query });
}

async function countEach(
  context: Context,
  asked: { filter: Filter; query: string },
): Promise<{ total: number }> {
  return { total: await countMatches(context, await whereMatches(context, asked)) };
}

/** The status alone is known without counting: from the tally, as usage is. Undefined for other conditions. */
async function countStatus(context: Context, condition: Condition): Promise<{ total: number } | undefined> {
  const { propertyName, operator, value } = condition;
  if (operator !== "EQ" || (value !== "true" && value !== "false")) return undefined;
  if (propertyName !== "hs_marketable_status" && propertyName !== "hs_marketable_until_renewal")
    return undefined;
  const counted = await countTally(context, { onlyWaiting: propertyName === "hs_marketable_until_renewal" });
  return { total: value === "true" ? counted : (await countAll(context)) - counted };
}

/** Nothing is asked that would leave anybody out. */
export function isEverybody({ filter, query }: Asked): boolean {
  return query.trim() === "" && filter.filterGroups.every(({ filters }) => filters.length === 0);
}

interface Asked {
  readonly filter: Filter;
  readonly query: string;
}
