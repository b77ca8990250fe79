import { builtInSources } from "./built-in-sources.ts";
import type { FilterSource } from "./filter-source.ts";

const sources = new Map(builtInSources.map((source) => [source.name, source]));

/** Called by features when the program starts. */
export function registerFilterSources(list: readonly FilterSource[]): void {
  for (const source of list) sources.set(source.name, source);
}

export function filterSources(): ReadonlyMap<string, FilterSource> {
  return sources;
}
