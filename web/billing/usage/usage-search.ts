export const ranges = ["quarter", "year", "all", "own"] as const;
export type Range = (typeof ranges)[number];

/** What of the chart is looked at, and at which moment the meter stands. */
export interface UsageSearch {
  readonly range?: Range;
  /** The first and the last day of one's own range. */
  readonly from?: string;
  readonly to?: string;
  /** A moment, or `choose` while none is chosen. */
  readonly at?: string;
}

export function usageSearch(search: Record<string, unknown>): UsageSearch {
  const { at, from, to } = search;
  const range = ranges.find((known) => known === search["range"]);
  const isMoment = typeof at === "string" && (at === "choose" || !Number.isNaN(Date.parse(at)));
  return {
    ...(range !== undefined && { range }),
    ...(range === "own" && isDay(from) && { from }),
    ...(range === "own" && isDay(to) && { to }),
    ...(isMoment && { at }),
  };
}

export function isDay(value: unknown): value is string {
  return typeof value === "string" && /^[12]\d{3}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}
