import type { RawBuilder } from "kysely";
import type { Filter } from "#contract/filters.ts";
import { compileFilter } from "#server/filters/compile-filter.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { type Chosen, listsFilter } from "./cleanup-choice.ts";
import { type CleanupGroup, reasonFilter, soughtGroups, staying } from "./cleanup-group.ts";
import { type GroupWhere, selectGroupMembers, unionOf } from "./queries.ts";

/** The groups as SQL about contact `c`, and what they have in common. */
export async function compileGroups(
  context: Context,
  groups: readonly CleanupGroup[],
): Promise<{ staying: RawBuilder<boolean>; groups: GroupWhere[] }> {
  const catalogue = await loadCatalogue(context);
  const compile = (filter: Filter) => compileFilter(context, { catalogue, filter });
  const wheres: GroupWhere[] = [];
  for (const name of groups) {
    wheres.push({ name, where: await compile(reasonFilter(name)), sought: soughtGroups.includes(name) });
  }
  return { staying: await compile({ filterGroups: [{ filters: [...staying] }] }), groups: wheres };
}

/**
 * Everybody who is chosen, each once, as a select of ids: what is counted, shown and then carried out.
 * A select for each way of choosing, so that each is found by its own best plan.
 */
export async function chosenContacts(context: Context, chosen: Chosen): Promise<RawBuilder<unknown>> {
  const { groups, filter, lists } = chosen;
  const selects: RawBuilder<unknown>[] = [];
  if (groups.length > 0) selects.push(...selectGroupMembers(context, await compileGroups(context, groups)));
  if (filter !== null) selects.push(await selectContacts(context, { filter, query: "" }));
  if (lists.length > 0)
    selects.push(await selectContacts(context, { filter: listsFilter(lists), query: "" }));
  return unionOf(selects);
}
