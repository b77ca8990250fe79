import type { Filter } from "#contract/filters.ts";
import { readDependencies } from "#server/filters/read-dependencies.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { levelsOf, listsRead, MAX_LEVEL } from "../list.ts";
import { selectNamed, selectNamings, storeDefinition, storeLevels } from "./queries.ts";
import { watchLists } from "./watch-lists.ts";

/**
 * Gives an active list its filter; the caller holds the lists of the account.
 * Refuses a filter that cannot be read, and one by which lists would depend on themselves.
 */
export async function defineList(context: Context, listId: string, filter: Filter): Promise<void> {
  await selectContacts(context, { filter, query: "" });
  const { reads, days, ofOthers } = readDependencies(await loadCatalogue(context), filter);
  if (ofOthers !== null) throw new AppError("invalid_input", "lists:of_others", { property: ofOthers });
  await orderLists(context, { id: listId, reads });
  await storeDefinition(context, listId, { filter, reads, days });
  await watchLists(context);
}

/** In which order lists are worked out, with this one as it will be. */
async function orderLists(
  context: Context,
  defined: { readonly id: string; readonly reads: readonly string[] },
): Promise<void> {
  const before = await selectNamings(context);
  const others = before.filter(({ id }) => id !== defined.id);
  const levels = levelsOf([...others, defined]);
  const own = levels.get(defined.id);
  if (own === undefined) throw await circle(context, defined);
  if (Math.max(...levels.values()) >= MAX_LEVEL)
    throw new AppError("invalid_input", "lists:too_deep", { max: MAX_LEVEL });
  const changed = [...levels].filter(([id, level]) => before.find((list) => list.id === id)?.level !== level);
  await storeLevels(context, changed);
}

async function circle(
  context: Context,
  { id, reads }: { readonly id: string; readonly reads: readonly string[] },
): Promise<AppError> {
  const named = await selectNamed(context, listsRead(reads));
  const other = named.find((list) => list.id === id) ?? named.find(({ type }) => type === "active");
  return new AppError("invalid_input", "lists:circle", { list: other?.name ?? "", listId: id });
}
