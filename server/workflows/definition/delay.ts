import { Temporal } from "temporal-polyfill";
import type { Delay, Duration } from "#contract/workflow-definition.ts";
import { atLocalTime, zoned } from "./execution-window.ts";

interface Waiting {
  readonly since: Date;
  readonly timeZone: string;
  /** The contact's value of a delay's date property: a day or an instant, as the property holds it. */
  readonly value?: string | null;
}

/**
 * When a contact that arrives at a delay goes on. A moment that has passed already is `since` itself: nobody waits for
 * yesterday, and who has no date does not wait at all. A delay until something happens ends at its limit.
 */
export function delayEnds(delay: Delay, waiting: Waiting): Date {
  const end = endOf(delay, waiting);
  return end > waiting.since ? end : waiting.since;
}

function endOf(delay: Delay, waiting: Waiting): Date {
  const { since, timeZone } = waiting;
  switch (delay.kind) {
    case "passed":
      return later(since, delay, timeZone);
    case "happening":
      return later(since, delay.limit, timeZone);
    case "date":
      return atLocalTime(Temporal.PlainDate.from(delay.date), delay.time, timeZone);
    case "weekday":
      return nextWeekday(delay, since, timeZone);
    default:
      return dayOfProperty(delay, waiting);
  }
}

function dayOfProperty(
  { days, time }: Extract<Delay, { kind: "property" }>,
  { since, timeZone, value }: Waiting,
): Date {
  if (value === undefined || value === null) return since;
  const day = value.includes("T")
    ? zoned(new Date(value), timeZone).toPlainDate()
    : Temporal.PlainDate.from(value);
  return atLocalTime(day.add({ days }), time, timeZone);
}

/** Days and weeks are days of the account's calendar at the same local time; hours and minutes are exact. */
function later(since: Date, { amount, unit }: Duration, timeZone: string): Date {
  return new Date(zoned(since, timeZone).add({ [unit]: amount }).epochMilliseconds);
}

function nextWeekday(delay: Extract<Delay, { kind: "weekday" }>, since: Date, timeZone: string): Date {
  const today = zoned(since, timeZone).toPlainDate();
  for (let offset = 0; offset <= 8; offset++) {
    const day = today.add({ days: offset });
    const moment = atLocalTime(day, delay.time, timeZone);
    if (delay.weekdays.includes(day.dayOfWeek) && moment > since) return moment;
  }
  throw new RangeError("No such weekday follows");
}
