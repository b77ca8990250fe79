import type { Condition, Filter } from "../filters/filter-field.ts";

export function inList(listId: string): Condition {
  return { propertyName: "lists", operator: "IN_LIST", values: [listId] };
}

/** Who matches the filter and this condition as well. */
export function also(condition: Condition, { filterGroups }: Filter): Filter {
  const groups = filterGroups.length > 0 ? filterGroups : [{ filters: [] }];
  return { filterGroups: groups.map(({ filters }) => ({ filters: [condition, ...filters] })) };
}
