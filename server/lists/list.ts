import type { Filter } from "#contract/filters.ts";

/** How long a deleted list can be restored. */
export const RESTORE_DAYS = 90;
/** Every change of a contact may concern all of them. */
export const MAX_ACTIVE_LISTS = 1_000;
export const MAX_LISTS = 10_000;
/** Lists that one filter may name. */
export const MAX_NAMED = 20;
/** How far lists may build on lists that build on lists. */
export const MAX_LEVEL = 5;
export const MAX_FOLDERS = 1_000;
export const MAX_FOLDER_DEPTH = 5;

export type ListType = "static" | "active";

/** Why a list cannot be worked out: the key of a text and its details. */
export interface Problem {
  readonly reason: string;
  readonly details: Record<string, unknown>;
}

/** How a list is named among what a filter depends on. */
export function listField(listId: string): string {
  return `list.${listId}`;
}

/** The lists among what a filter depends on. */
export function listsRead(reads: readonly string[]): string[] {
  return reads.filter((field) => field.startsWith("list.")).map((field) => field.slice("list.".length));
}

export interface Naming {
  readonly id: string;
  readonly reads: readonly string[];
}

/**
 * In which order lists must be worked out: 0 for those that name no active list, one more than the highest they name
 * for the others. Lists that name each other in a circle have no level.
 */
export function levelsOf(lists: readonly Naming[]): ReadonlyMap<string, number> {
  const known = new Map(lists.map((list) => [list.id, listsRead(list.reads)]));
  const levels = new Map<string, number>();
  for (let left = [...known]; left.length > 0; ) {
    const ready = left.filter(([, named]) => named.every((id) => !known.has(id) || levels.has(id)));
    if (ready.length === 0) return levels;
    const found = ready.map(
      ([id, named]) => [id, Math.max(-1, ...named.map((other) => levels.get(other) ?? -1)) + 1] as const,
    );
    for (const [id, level] of found) levels.set(id, level);
    left = left.filter(([id]) => !levels.has(id));
  }
  return levels;
}

/** Everybody in one of these lists. */
export function inLists(...listIds: string[]): Filter {
  return { filterGroups: [{ filters: [{ propertyName: "lists", operator: "IN_LIST", values: listIds }] }] };
}
