export interface Day {
  /** Days before today. */
  readonly ago: number;
  readonly marketing: number;
}

/** Fewer days say nothing about a pace. */
const LEAST_DAYS = 14;
/** Further than a year nobody plans. */
const FURTHEST_DAYS = 365;

/**
 * Whole days until the limit is reached if the growth of the days given goes on; null when there are too few of them,
 * usage does not grow, there is no room left to fill, or it lasts more than a year.
 */
export function fullInDays(
  { marketing, headroom }: { readonly marketing: number; readonly headroom: number | null },
  days: readonly Day[],
): number | null {
  const first = days.reduce<Day | null>((oldest, day) => (day.ago > (oldest?.ago ?? 0) ? day : oldest), null);
  if (first === null || first.ago < LEAST_DAYS || headroom === null || headroom <= 0) return null;
  const perDay = (marketing - first.marketing) / first.ago;
  const left = Math.ceil(headroom / perDay);
  return perDay > 0 && left <= FURTHEST_DAYS ? left : null;
}
