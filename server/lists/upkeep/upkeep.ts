import type { RawBuilder } from "kysely";
import type { Filter } from "#contract/filters.ts";
import type { Problem } from "../list.ts";

/** A living active list as whoever works it out needs it. */
export interface KeptList {
  readonly id: string;
  readonly filter: Filter;
  readonly reads: readonly string[];
  readonly level: number;
  /** Null: worked out; otherwise the contacts up to this id are. */
  readonly builtTo: string | null;
  /** Null: nobody has looked yet who was writing when the filter came. */
  readonly fence: readonly string[] | null;
  readonly day: string | null;
  readonly zone: string | null;
  readonly problem: Problem | null;
}

export interface CompiledList extends KeptList {
  readonly matches: RawBuilder<boolean>;
}

/** Contacts of which the same has changed. `fields` null: anything. */
export interface Touched {
  readonly fields: readonly string[] | null;
  readonly ids: readonly string[];
}

/** Who joined and left a list by one step of the work. */
export interface Difference {
  readonly listId: string;
  readonly joined: readonly string[];
  readonly gone: readonly string[];
}

/** Whether a change of these fields can change who is in the list. */
export function concerns({ reads }: Pick<KeptList, "reads">, fields: readonly string[] | null): boolean {
  return fields === null || reads.includes("*") || reads.some((field) => fields.includes(field));
}

/** Lists to which the same touches matter, so that they are worked out by one statement. */
export interface Batch {
  readonly lists: readonly CompiledList[];
  readonly ids: readonly string[];
}

/** So many lists are worked out by one statement. */
const TOGETHER = 25;

export function batchesOf(lists: readonly CompiledList[], touched: readonly Touched[]): Batch[] {
  const groups = new Map<string, { lists: CompiledList[]; touches: Touched[] }>();
  for (const list of lists) {
    const touches = touched.filter(({ fields }) => concerns(list, fields));
    if (touches.length === 0) continue;
    const key = touches.map((touch) => touched.indexOf(touch)).join();
    const group = groups.get(key) ?? { lists: [], touches };
    group.lists.push(list);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ lists, touches }) => {
    const ids = [...new Set(touches.flatMap((touch) => touch.ids))];
    return inPieces(lists, TOGETHER).map((some) => ({ lists: some, ids }));
  });
}

export function inPieces<T>(all: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < all.length; from += size) pieces.push(all.slice(from, from + size));
  return pieces;
}

/** One touch for each set of fields, each contact in it once. */
export function mergeTouches(touches: readonly Touched[]): Touched[] {
  const merged = new Map<string, { fields: readonly string[] | null; ids: Set<string> }>();
  for (const { fields, ids } of touches) {
    const key = fields === null ? "" : fields.toSorted().join("\n");
    const same = merged.get(key) ?? { fields, ids: new Set<string>() };
    for (const id of ids) same.ids.add(id);
    merged.set(key, same);
  }
  return [...merged.values()].map(({ fields, ids }) => ({ fields, ids: [...ids] }));
}

export function mergeDifferences(differences: readonly Difference[]): Difference[] {
  const merged = new Map<string, { joined: string[]; gone: string[] }>();
  for (const { listId, joined, gone } of differences) {
    const same = merged.get(listId) ?? { joined: [], gone: [] };
    for (const id of joined) same.joined.push(id);
    for (const id of gone) same.gone.push(id);
    merged.set(listId, same);
  }
  return [...merged].map(([listId, changes]) => ({ listId, ...changes }));
}

/** Contacts that joined one list, or left it. */
export interface Change {
  readonly listId: string;
  readonly joined: boolean;
  readonly ids: string[];
}

export function differencesOf(rows: readonly Change[]): Difference[] {
  return rows.map(({ listId, joined, ids }) => ({
    listId,
    joined: joined ? ids : [],
    gone: joined ? [] : ids,
  }));
}
