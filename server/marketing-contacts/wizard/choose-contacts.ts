import { type RawBuilder, sql } from "kysely";
import type { Filter } from "#contract/filters.ts";
import { compileFilter } from "#server/filters/compile-filter.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { type Chosen, listsFilter } from "./cleanup-choice.ts";
import { type CleanupGroup, reasonFilter, soughtGroups, staying } from "./cleanup-group.ts";
import { foundBy, type GroupWhere, selectGroupMembers, unionOf, type WaySelect } from "./queries.ts";

/** The groups as SQL about contact `c`, and what they have in common. */
async function compileGroups(
  context: Context,
  groups: readonly CleanupGroup[],
): Promise<{ staying: RawBuilder<boolean>; groups: GroupWhere[] }> {
  const catalogue = await loadCatalogue(context);
  const compile = (filter: Filter) => compileFilter(context, { catalogue, filter });
  const wheres: GroupWhere[] = [];
  for (const name of groups) {
    wheres.push({ where: await compile(reasonFilter(name)), sought: soughtGroups.includes(name) });
  }
  return { staying: await compile({ filterGroups: [{ filters: [...staying] }] }), groups: wheres };
}

/** One way of choosing: a group, the filter, or a list. */
export interface Way {
  readonly kind: "group" | "filter" | "list";
  readonly key: string;
}

/** Everybody who is chosen, each once, with the ways that found them; a select for each, so that each has its own plan. */
export async function chosenPeople(
  context: Context,
  { groups, filter, lists }: Chosen,
): Promise<{ people: WaySelect; ways: Way[] }> {
  const ways: Way[] = groups.map((key) => ({ kind: "group", key }));
  const selects =
    groups.length === 0 ? [] : selectGroupMembers(context, await compileGroups(context, groups));
  const others = lists.map((key) => ({ kind: "list" as const, key, filter: listsFilter([key]) }));
  for (const other of filter === null ? others : [{ kind: "filter" as const, key: "", filter }, ...others]) {
    const select = await selectContacts(context, { filter: other.filter, query: "" });
    selects.push(foundBy(ways.length, select));
    ways.push({ kind: other.kind, key: other.key });
  }
  return { people: unionOf(selects), ways };
}

/** Everybody who is chosen as a select of ids: what is counted, shown and then carried out. */
export async function chosenContacts(context: Context, chosen: Chosen): Promise<RawBuilder<unknown>> {
  const { people } = await chosenPeople(context, chosen);
  return sql`select id from (${people}) chosen`;
}
