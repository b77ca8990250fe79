const DAY_MS = 86_400_000;

/** Nights from today to the day of an instant, in the account's zone. */
export function daysUntil(instant: string, timeZone: string, now: Date = new Date()): number {
  // Swedish dates are written as ISO days.
  const dayOf = (moment: Date): number =>
    Date.parse(new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(moment));
  return Math.max(0, Math.round((dayOf(new Date(instant)) - dayOf(now)) / DAY_MS));
}
