import { type RawBuilder, sql } from "kysely";
import type { Filter } from "#contract/filters.ts";
import { compileFilter } from "#server/filters/compile-filter.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { type Chosen, listsFilter } from "./cleanup-choice.ts";
import { type CleanupGroup, comparedGroups, narrowGroups, reasonFilter, staying } from "./cleanup-group.ts";
import { foundBy, passedBy, soughtBy, unionOf, type WaySelect, type WayWhere } from "./queries.ts";

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

/** The people of proposals, the first of which is way 0. */
async function groupSelects(context: Context, groups: readonly CleanupGroup[]): Promise<WaySelect[]> {
  const catalogue = await loadCatalogue(context);
  const compile = (filter: Filter) => compileFilter(context, { catalogue, filter });
  const stays = await compile({ filterGroups: [{ filters: [...staying] }] });
  const apart = soughtAmong(groups);
  const passed: WayWhere[] = [];
  const selects: WaySelect[] = [];
  for (const [way, group] of groups.entries()) {
    const where = await compile(reasonFilter(group));
    if (apart.includes(group)) selects.push(soughtBy(context, stays, { way, where }));
    else passed.push({ way, where });
  }
  return passed.length === 0 ? selects : [passedBy(context, stays, passed), ...selects];
}

/** The groups that are found by a select of their own: narrow ones only where nobody looks at everybody anyway. */
function soughtAmong(groups: readonly CleanupGroup[]): CleanupGroup[] {
  const compared = groups.filter((group) => comparedGroups.includes(group));
  const others = groups.filter((group) => !comparedGroups.includes(group));
  return others.every((group) => narrowGroups.includes(group)) ? [...others, ...compared] : compared;
}

/** Everybody who is chosen as a select of ids: what is counted, shown and then carried out. */
export async function chosenContacts(context: Context, chosen: Chosen): Promise<RawBuilder<unknown>> {
  const { people } = await chosenPeople(context, chosen);
  return sql`select id from (${people}) chosen`;
}
