import { Temporal } from "temporal-polyfill";
import { proRated } from "../tier.ts";
import {
  type Calendar,
  localDate,
  nextRenewalAfter,
  nextUpdateAfter,
  previousRenewal,
  type Update,
} from "../update-instant.ts";

const MONTHS = { monthly: 1, yearly: 12 } as const;

/** What a monthly amount in minor units comes to from today until renewal: local days left of the days in the term. */
export function costUntilRenewal(calendar: Calendar, now: Date, perMonth: number): number {
  const ends = nextRenewalAfter(calendar, now).day;
  const left = daysBetween(localDate(now, calendar.timeZone), ends);
  const all = daysBetween(previousRenewal(calendar, now).day, ends);
  return proRated(perMonth * MONTHS[calendar.term], left, all);
}

function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "day" }).days;
}

/** When a tier may fall next: at an update, or only at a renewal. */
export function nextFallAfter(calendar: Calendar, after: Date, falls: "update" | "renewal"): Update {
  return falls === "update" ? nextUpdateAfter(calendar, after) : nextRenewalAfter(calendar, after);
}

export interface DueUpdate {
  readonly update: Update;
  readonly isRenewal: boolean;
}

/** The updates after one moment up to another, in order. */
export function updatesUntil(calendar: Calendar, after: Date, until: Date): DueUpdate[] {
  const due: DueUpdate[] = [];
  for (let update = nextUpdateAfter(calendar, after); update.instant <= until; ) {
    const isRenewal =
      previousRenewal(calendar, update.instant).instant.getTime() === update.instant.getTime();
    due.push({ update, isRenewal });
    update = nextUpdateAfter(calendar, update.instant);
  }
  return due;
}
