import { Temporal } from "temporal-polyfill";
import type { ExecutionWindow } from "#contract/workflow-definition.ts";

/**
 * The first moment at or after `at` when actions may run, in the account's zone. A window that ends at or before its
 * beginning reaches into the next day; its day is the one it begins on.
 */
export function nextInWindow(window: ExecutionWindow | null, at: Date, timeZone: string): Date {
  if (window === null) return at;
  const today = zoned(at, timeZone).toPlainDate();
  // From yesterday, whose window may reach over midnight, to the same weekday next week.
  for (let offset = -1; offset <= 8; offset++) {
    const day = today.add({ days: offset });
    if (!window.weekdays.includes(day.dayOfWeek)) continue;
    const opens = atLocalTime(day, window.from, timeZone);
    const closes = atLocalTime(window.to <= window.from ? day.add({ days: 1 }) : day, window.to, timeZone);
    // Where the clock skips its beginning there may be nothing left of it.
    if (opens < closes && at < closes) return at > opens ? at : opens;
  }
  throw new RangeError("No execution window follows");
}

/** The moment of a local time; one that the clock skips is taken after the gap, one it repeats the first time. */
export function atLocalTime(day: Temporal.PlainDate, time: string, timeZone: string): Date {
  const local = day.toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
}

export function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}
