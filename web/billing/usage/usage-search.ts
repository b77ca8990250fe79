export const ranges = ["quarter", "year", "all"] as const;
export type Range = (typeof ranges)[number];

/** What of the chart is looked at, and at which moment the meter stands. */
export interface UsageSearch {
  readonly range?: Range;
  /** A moment, or `choose` while none is chosen. */
  readonly at?: string;
}

export function usageSearch(search: Record<string, unknown>): UsageSearch {
  const range = ranges.find((known) => known === search["range"]);
  const at = search["at"];
  const isMoment = typeof at === "string" && (at === "choose" || !Number.isNaN(Date.parse(at)));
  return { ...(range !== undefined && { range }), ...(isMoment && { at }) };
}
