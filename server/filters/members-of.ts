import type { Filter } from "#contract/filters.ts";
import type { Context } from "#server/platform/context.ts";
import { filterSources } from "./filter-sources.ts";

/** The contacts of a list that somebody named on the command line by its number or name. Refuses an unknown one. */
export async function membersOf(context: Context, typed: string): Promise<Filter> {
  const named = filterSources().get("lists")?.named;
  if (!named) throw new Error("No feature has registered lists");
  const values = [await named(context, typed)];
  return { filterGroups: [{ filters: [{ propertyName: "lists", operator: "IN_LIST", values }] }] };
}
