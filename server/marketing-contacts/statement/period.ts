import { Temporal } from "temporal-polyfill";
import {
  type Calendar,
  localDate,
  nextUpdateAfter,
  previousUpdateInstant,
  startOfLocalDay,
} from "#server/billing/update-instant.ts";

/** From its first instant, which belongs to it, to the one after its last. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly isMonth: boolean;
}

const CHOICES = 24;

/** A calendar month of the account's zone, such as `2026-11`. */
export function monthOf(month: string, timeZone: string): Period {
  const first = Temporal.PlainYearMonth.from(month);
  const [firstDay, next] = [first.toPlainDate({ day: 1 }), first.add({ months: 1 }).toPlainDate({ day: 1 })];
  return {
    from: startOfLocalDay(firstDay.toString(), timeZone),
    to: startOfLocalDay(next.toString(), timeZone),
    firstDay: firstDay.toString(),
    lastDay: next.subtract({ days: 1 }).toString(),
    isMonth: true,
  };
}

/** The update period that a moment lies in. Its first instant is an update. */
export function periodAt(calendar: Calendar, moment: Date): Period {
  const from = previousUpdateInstant(calendar, moment);
  const next = nextUpdateAfter(calendar, moment);
  return {
    from,
    to: next.instant,
    firstDay: localDate(from, calendar.timeZone),
    lastDay: Temporal.PlainDate.from(next.day).subtract({ days: 1 }).toString(),
    isMonth: false,
  };
}

/** The update period that begins on a day; null when none does. */
export function periodFrom(calendar: Calendar, day: string): Period | null {
  const period = periodAt(calendar, startOfLocalDay(day, calendar.timeZone));
  return period.firstDay === day ? period : null;
}

/** The months from `first` up to the present one, newest first. */
export function monthsSince(first: string, today: string): string[] {
  const months: string[] = [];
  for (let month = Temporal.PlainYearMonth.from(today.slice(0, 7)); months.length < CHOICES; ) {
    months.push(month.toString());
    month = month.subtract({ months: 1 });
    if (month.toString() < first.slice(0, 7)) break;
  }
  return months;
}

/** The update periods from `first` up to the present one, newest first. */
export function periodsSince(calendar: Calendar, first: string, now: Date): Period[] {
  const periods: Period[] = [];
  for (let moment = now; periods.length < CHOICES; ) {
    const period = periodAt(calendar, moment);
    periods.push(period);
    if (period.firstDay <= first) break;
    moment = new Date(period.from.getTime() - 1);
  }
  return periods;
}
