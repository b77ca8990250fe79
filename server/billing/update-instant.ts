import { Temporal } from "temporal-polyfill";
import type { Term, UpdateReason } from "#contract/billing.ts";

/** How an account is billed. `anchor` is the local date of a renewal; its day is kept, never the result of a clamp. */
export interface Calendar {
  readonly term: Term;
  readonly anchor: string;
  readonly timeZone: string;
}

export interface Update {
  /** The first instant whose local date is on or after the day. */
  readonly instant: Date;
  /** The update date people read, `YYYY-MM-DD`, in the account's zone. */
  readonly day: string;
  readonly reason: UpdateReason;
}

/** The first update instant strictly after a moment: what happens at the instant itself belongs to the new period. */
export function nextUpdateInstant(calendar: Calendar, after: Date): Date {
  return nextUpdateAfter(calendar, after).instant;
}

/** As `nextUpdateInstant`, with the day and why it is that day. */
export function nextUpdateAfter(calendar: Calendar, after: Date): Update {
  return firstAfter(calendar, after, updatesOf);
}

/** The latest update instant at or before a moment: where the current period began. */
export function previousUpdateInstant(calendar: Calendar, at: Date): Date {
  return lastAtOrBefore(calendar, at, updatesOf).instant;
}

/** The next instants after a moment, in order, each one once. */
export function updateInstants(calendar: Calendar, from: Date, count: number): Date[] {
  const instants: Date[] = [];
  for (let after = from; instants.length < count; ) {
    after = nextUpdateInstant(calendar, after);
    instants.push(after);
  }
  return instants;
}

/** The first renewal strictly after a moment: when a term ends and the price may fall. */
export function nextRenewalAfter(calendar: Calendar, after: Date): Update {
  return firstAfter(calendar, after, renewalsOf);
}

/** The latest renewal at or before a moment: when the current term began. */
export function previousRenewal(calendar: Calendar, at: Date): Update {
  return lastAtOrBefore(calendar, at, renewalsOf);
}

/** The moment a local date begins, even where its midnight is missing, happens twice, or the date itself is skipped. */
export function startOfLocalDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);
}

/** The local date at a moment, `YYYY-MM-DD`. */
export function localDate(at: Date, timeZone: string): string {
  return zoned(at, timeZone).toPlainDate().toString();
}

type OfMonth = (calendar: Calendar, month: Temporal.PlainYearMonth) => readonly Update[];

// A month either side covers zones that are a day away and days whose instant is the next month's first.
const MONTHS_AROUND = 14;

function firstAfter(calendar: Calendar, after: Date, ofMonth: OfMonth): Update {
  const month = localMonth(calendar, after);
  for (let offset = -1; offset <= MONTHS_AROUND; offset++) {
    const found = ofMonth(calendar, month.add({ months: offset })).find(({ instant }) => instant > after);
    if (found !== undefined) return found;
  }
  throw new RangeError("No update instant follows");
}

function lastAtOrBefore(calendar: Calendar, at: Date, ofMonth: OfMonth): Update {
  const month = localMonth(calendar, at);
  for (let offset = 1; offset >= -MONTHS_AROUND; offset--) {
    const found = ofMonth(calendar, month.add({ months: offset })).findLast(({ instant }) => instant <= at);
    if (found !== undefined) return found;
  }
  throw new RangeError("No update instant precedes");
}

/** A month's update dates, in order. */
function updatesOf(calendar: Calendar, month: Temporal.PlainYearMonth): readonly Update[] {
  const renewals = renewalsOf(calendar, month);
  if (calendar.term === "monthly" || renewals[0]?.day.endsWith("-01")) return renewals;
  return [update(calendar, month.toPlainDate({ day: 1 }), "first_of_month"), ...renewals];
}

function renewalsOf(calendar: Calendar, month: Temporal.PlainYearMonth): readonly Update[] {
  const anchor = Temporal.PlainDate.from(calendar.anchor);
  const yearly = calendar.term === "yearly";
  if (yearly && month.month !== anchor.month) return [];
  const day = month.toPlainDate({ day: Math.min(anchor.day, month.daysInMonth) });
  const reason = yearly ? "renewal_date" : "renewal_day";
  return [update(calendar, day, day.day < anchor.day ? `${reason}_clamped` : reason)];
}

function update({ timeZone }: Calendar, day: Temporal.PlainDate, reason: UpdateReason): Update {
  return { instant: startOfLocalDay(day.toString(), timeZone), day: day.toString(), reason };
}

function localMonth({ timeZone }: Calendar, at: Date): Temporal.PlainYearMonth {
  return zoned(at, timeZone).toPlainDate().toPlainYearMonth();
}

function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}
