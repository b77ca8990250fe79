import type { Filter } from "#contract/filters.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { propertyReads } from "#server/properties/property-sql.ts";
import { fieldsOf } from "./compile-filter.ts";
import { type CheckedCondition, checkFilter } from "./filter.ts";
import { filterSources } from "./filter-sources.ts";

export interface Dependencies {
  /** What decides who matches: `contact.<column>`, `custom.<name>`, tables of facts, or `*` for anything. */
  readonly reads: string[];
  /** It compares with days, so the account's zone matters, and the day where dates are relative. */
  readonly days: boolean;
  /** The first condition that is about other contacts too; null where each contact decides for itself. */
  readonly ofOthers: string | null;
}

/** What a filter depends on, so that whoever keeps its matches knows which changes concern it. */
export function readDependencies(catalogue: Catalogue, filter: Filter): Dependencies {
  const conditions = checkFilter(fieldsOf(catalogue), filter).flat();
  return {
    reads: [...new Set(conditions.flatMap((condition) => readsOf(catalogue, condition)))],
    ofOthers:
      conditions.find(({ field }) => filterSources().get(field.name)?.ofOthers === true)?.field.name ?? null,
    days: conditions.some(({ field: { type } }) => type === "date" || type === "datetime"),
  };
}

function readsOf(catalogue: Catalogue, condition: CheckedCondition): readonly string[] {
  const source = filterSources().get(condition.field.name);
  if (source) return source.reads?.(condition) ?? ["*"];
  const property = catalogue.get(condition.field.name);
  return [property ? propertyReads(property) : "*"];
}
