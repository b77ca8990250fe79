import { type RawBuilder, sql } from "kysely";
import type { Condition, Filter } from "#contract/filters.ts";
import { compileFilter } from "#server/filters/compile-filter.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { type Chosen, listsFilter } from "./cleanup-choice.ts";
import { type CleanupGroup, comparedBy, heldByNoPin, narrowGroups, reasonFilter } from "./cleanup-group.ts";
import {
  foundBy,
  passedBy,
  passedWithDuplicates,
  soughtBy,
  unionOf,
  type WaySelect,
  type WayWhere,
} from "./queries.ts";

/** One way of choosing: a group, the filter, or a list. */
export interface Way {
  readonly kind: "group" | "filter" | "list";
  readonly key: string;
}

/** Everybody who is chosen, each once, with the ways that found them; selects of their own have plans of their own. */
export async function chosenPeople(
  context: Context,
  { groups, filter, lists }: Chosen,
): Promise<{ people: WaySelect; ways: Way[] }> {
  const ways: Way[] = groups.map((key) => ({ kind: "group", key }));
  const selects = await groupSelects(context, groups);
  const others = lists.map((key) => ({ kind: "list" as const, key, filter: listsFilter([key]) }));
  for (const other of filter === null ? others : [{ kind: "filter" as const, key: "", filter }, ...others]) {
    const select = await selectContacts(context, { filter: other.filter, query: "" });
    selects.push(foundBy(ways.length, select));
    ways.push({ kind: other.kind, key: other.key });
  }
  return { people: unionOf(selects), ways };
}

/** The people of proposals, the first of which is way 0: narrow ones are sought, else everybody is passed by once. */
async function groupSelects(context: Context, groups: readonly CleanupGroup[]): Promise<WaySelect[]> {
  const catalogue = await loadCatalogue(context);
  const compile = (filter: Filter) => compileFilter(context, { catalogue, filter });
  const all = (...filters: Condition[]) => compile({ filterGroups: [{ filters }] });
  const stays = { compared: await all(...comparedBy), free: await all(heldByNoPin) };
  const conditions: WayWhere[] = [];
  for (const [way, group] of groups.entries())
    if (group !== "duplicates") conditions.push({ way, where: await compile(reasonFilter(group)) });
  if (groups.every((group) => narrowGroups.includes(group)))
    return conditions.map((condition) => soughtBy(context, stays, condition));
  const way = groups.indexOf("duplicates");
  if (way === -1) return [passedBy(context, stays, conditions)];
  return [passedWithDuplicates(context, stays, { conditions, way })];
}

/** Everybody who is chosen as a select of ids: what is counted, shown and then carried out. */
export async function chosenContacts(context: Context, chosen: Chosen): Promise<RawBuilder<unknown>> {
  const { people } = await chosenPeople(context, chosen);
  return sql`select id from (${people}) chosen`;
}
