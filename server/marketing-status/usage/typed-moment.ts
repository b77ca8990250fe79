import { Temporal } from "temporal-polyfill";
import { WrongUseError } from "#server/platform/errors.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;

/**
 * A moment as somebody types it: a day (its start in the account's zone), a local date and time, or an instant with its
 * offset. Wrong use for anything else, and for days there are none of. A time that a change of clocks leaves out is
 * moved on; of one that comes twice the first is meant.
 */
export function readMoment(typed: string, timeZone: string): Date {
  try {
    if (DAY.test(typed)) {
      const day = Temporal.PlainDate.from(typed, { overflow: "reject" });
      return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
    }
    if (LOCAL.test(typed)) {
      const local = Temporal.PlainDateTime.from(typed.replace(" ", "T"), { overflow: "reject" });
      return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
    }
    return new Date(Temporal.Instant.from(typed).epochMilliseconds);
  } catch {
    throw new WrongUseError("marketing-status:bad_instant", { at: typed });
  }
}
