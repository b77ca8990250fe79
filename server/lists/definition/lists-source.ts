import { type RawBuilder, sql } from "kysely";
import type { CheckedCondition } from "#server/filters/filter.ts";
import type { FilterSource, MatchesCondition, Preparing } from "#server/filters/filter-source.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { listField, MAX_NAMED } from "../list.ts";
import { isMember, type NamedList, selectNamed, selectTyped } from "./queries.ts";

/**
 * Being in lists, as a condition of any filter: `{propertyName: "lists", operator: "IN_LIST", values: [ids]}`.
 * An active list whose memberships are still being worked out is looked through to its filter, so that what is shown
 * and done is right at every moment.
 */
export const listsSource: FilterSource = {
  name: "lists",
  type: "list",
  multiple: true,
  reads: ({ values }) => values.map(listField),
  prepare: prepareLists,
  named: findListId,
};

/** Deeper than this, what is kept decides: looking through lists of lists of lists would multiply conditions. */
const LOOK_THROUGH = 1;

async function prepareLists(
  context: Context,
  conditions: readonly CheckedCondition[],
  { catalogue, asKept }: Preparing,
): Promise<MatchesCondition> {
  const ids = [...new Set(conditions.flatMap(({ values }) => values))];
  if (ids.length > MAX_NAMED) {
    throw new AppError("invalid_input", "lists:too_many_named", { max: MAX_NAMED });
  }
  const lists = new Map((await selectNamed(context, ids)).map((list) => [list.id, list]));
  const matches = new Map<string, RawBuilder<boolean>>();
  for (const id of ids) {
    const list = lists.get(id);
    if (!list) throw new AppError("invalid_input", "lists:unknown_list", { list: id });
    if (asKept || !isLookedThrough(list)) continue;
    const filter = list.filter ?? { filterGroups: [] };
    matches.set(id, await whereMatches(context, { filter, query: "", catalogue }));
  }
  return (condition) => compile(condition, matches);
}

function isLookedThrough({ type, current, level }: NamedList): boolean {
  return type === "active" && !current && level <= LOOK_THROUGH;
}

function compile(
  { operator, values }: CheckedCondition,
  lookedThrough: ReadonlyMap<string, RawBuilder<boolean>>,
): RawBuilder<boolean> {
  const kept = values.filter((id) => !lookedThrough.has(id));
  const parts = values.flatMap((id) => lookedThrough.get(id) ?? []);
  if (operator === "IN_LIST") {
    const either = kept.length > 0 ? [isMember(kept), ...parts] : parts;
    return sql<boolean>`(${sql.join(either, sql` or `)})`;
  }
  // "is not true": a filter can say "unknown" about somebody without a value, which is not being in the list.
  const neither = parts.map((matches) => sql`(${matches}) is not true`);
  if (kept.length > 0) neither.unshift(sql`not ${isMember(kept)}`);
  return sql<boolean>`(${sql.join(neither, sql` and `)})`;
}

/** The id of the list that somebody named by id or name. */
export async function findListId(context: Context, typed: string): Promise<string> {
  const id = await selectTyped(context, typed.trim());
  if (id === undefined) throw new AppError("not_found", "lists:no_such_list", { list: typed });
  return id;
}
