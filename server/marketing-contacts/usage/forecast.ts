import { type Prices, tierFor } from "#server/billing/tier.ts";

/** Who stays at the end of a day: marketing contacts without those that wait to leave. */
export interface Day {
  readonly day: string;
  readonly staying: number;
}

export interface Growth {
  /** Days of history used. */
  readonly days: number;
  /** The mean of the weekly changes, and how far apart they lie (standard deviation). */
  readonly perWeek: number;
  readonly spread: number;
}

export interface Estimate {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** Fewer whole weeks say nothing about growth; older ones little about the present. */
const LEAST_WEEKS = 4;
const MOST_WEEKS = 13;
/** Four of five outcomes lie within so many standard deviations. */
const BAND = 1.28;
const WEEK_MS = 7 * 86_400_000;

/**
 * Growth as it was lately: the mean and the spread of the weekly changes of who stays, over up to 13 whole weeks that
 * end with the last day given. Null with fewer than 4 weeks. Days in order, each one once.
 */
export function recentGrowth(days: readonly Day[]): Growth | null {
  const weeks = Math.min(MOST_WEEKS, Math.floor((days.length - 1) / 7));
  if (weeks < LEAST_WEEKS) return null;
  const ends = Array.from({ length: weeks + 1 }, (_, week) => days.at(-1 - week * 7)?.staying ?? 0);
  const changes = ends.slice(0, -1).map((end, week) => end - (ends[week + 1] ?? 0));
  const perWeek = changes.reduce((sum, change) => sum + change, 0) / weeks;
  const variance = changes.reduce((sum, change) => sum + (change - perWeek) ** 2, 0) / (weeks - 1);
  return { days: weeks * 7, perWeek, spread: Math.sqrt(variance) };
}

/**
 * Who would count at a moment if growth went on like that, on top of who counts then for certain: the band is four times
 * out of five, weeks being alike.
 */
export function estimateAt(certain: number, growth: Growth, ahead: { from: Date; to: Date }): Estimate {
  const weeks = Math.max(0, (ahead.to.getTime() - ahead.from.getTime()) / WEEK_MS);
  const likely = certain + growth.perWeek * weeks;
  const off = BAND * growth.spread * Math.sqrt(weeks);
  return {
    low: atLeastNobody(likely - off),
    likely: atLeastNobody(likely),
    high: atLeastNobody(likely + off),
  };
}

function atLeastNobody(contacts: number): number {
  return Math.max(0, Math.round(contacts));
}

/** The highest tier of the price book below one; null below the lowest. */
export function tierBelow(prices: Prices, tier: number): number | null {
  if (tier <= prices.included) return null;
  const block = prices.blocks.findLast(({ from }) => from < tier);
  if (block === undefined) return prices.included;
  const steps = Math.ceil((Math.min(tier, block.to ?? tier + 1) - block.from) / block.step) - 1;
  const below = block.from + steps * block.step;
  // Above a block's end the tier itself is beyond the price book.
  return tierFor(prices, tier) === null ? (block.to ?? below) : below;
}
