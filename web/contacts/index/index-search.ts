import type { Filter } from "../../../contract/filters.ts";

/** The page's state in the address: what differs from the view. */
export interface IndexSearch {
  /** A view's key or id; without it the first tab. */
  readonly view?: string;
  readonly query?: string;
  readonly filter?: Filter;
  /** A property, or `name`; with a minus in front it descends. */
  readonly sort?: string;
  /** Properties, with commas between them. */
  readonly columns?: string;
}

/** Reads the address, leaving out what makes no sense. */
export function indexSearch(search: Record<string, unknown>): IndexSearch {
  const texts = ["view", "query", "sort", "columns"].flatMap((name) => {
    const value = search[name];
    return (typeof value === "string" && value !== "") || typeof value === "number"
      ? [[name, String(value)]]
      : [];
  });
  const filter = search["filter"];
  return { ...Object.fromEntries(texts), ...(isFilter(filter) && { filter }) };
}

function isFilter(value: unknown): value is Filter {
  const groups = (value as Partial<Filter> | null | undefined)?.filterGroups;
  return (
    Array.isArray(groups) &&
    groups.every((group) => Array.isArray(group?.filters) && group.filters.every(isCondition))
  );
}

function isCondition(value: unknown): boolean {
  const { propertyName, operator } = (value ?? {}) as Record<string, unknown>;
  return typeof propertyName === "string" && typeof operator === "string";
}
