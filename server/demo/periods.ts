import { type Calendar, nextUpdateInstant, previousUpdateInstant } from "#server/billing/update-instant.ts";

/** Whole periods of history before the present one. */
export const PERIODS = 9;

/** The moment at a share (0 to 1) of a period: 0 is the present one, which ends now, -1 the one before it. */
export type Moments = (period: number, share: number) => Date;

/**
 * Places the history in the account's own periods, so that whatever day it is made on, what was lowered before the
 * last update has become non-marketing, what was lowered after it waits, and all numbers are the same.
 */
export function momentsUntil(calendar: Calendar, now: Date): Moments {
  const starts = [now];
  for (let period = 0; period <= PERIODS; period++) {
    const [first = now] = starts;
    starts.unshift(previousUpdateInstant(calendar, period === 0 ? first : new Date(first.getTime() - 1)));
  }
  return (period, share) => {
    const start = starts.at(period - 2) ?? now;
    const end = period === 0 ? now : nextUpdateInstant(calendar, start);
    return new Date(start.getTime() + (end.getTime() - start.getTime()) * share);
  };
}
