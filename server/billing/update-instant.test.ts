import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Calendar,
  localDate,
  nextRenewalAfter,
  nextUpdateAfter,
  nextUpdateInstant,
  previousRenewal,
  previousUpdateInstant,
  startOfLocalDay,
  updateInstants,
} from "./update-instant.ts";

const at = (text: string) => new Date(text);
const monthly = (anchor: string, timeZone = "Europe/Stockholm"): Calendar => ({
  term: "monthly",
  anchor,
  timeZone,
});
const yearly = (anchor: string, timeZone = "Europe/Warsaw"): Calendar => ({
  term: "yearly",
  anchor,
  timeZone,
});

/** The update days that follow, as people read them. */
function days(calendar: Calendar, from: string, count: number): string[] {
  return updateInstants(calendar, at(from), count).map((instant) => localDate(instant, calendar.timeZone));
}

describe("a monthly subscription", () => {
  test("bought on 15 April is updated next on 15 May, at the start of that day", () => {
    expect(nextUpdateInstant(monthly("2026-04-15"), at("2026-04-15T09:00:00Z"))).toEqual(
      at("2026-05-14T22:00:00Z"),
    );
  });

  test("keeps its day of 31 through shorter months", () => {
    expect(days(monthly("2026-01-31"), "2026-01-31T12:00:00Z", 7)).toEqual([
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
      "2026-06-30",
      "2026-07-31",
      "2026-08-31",
    ]);
  });

  test("keeps its day of 30 and of 29 over February, leap year or not", () => {
    expect(days(monthly("2026-01-30"), "2026-02-01T00:00:00Z", 2)).toEqual(["2026-02-28", "2026-03-30"]);
    expect(days(monthly("2026-01-29"), "2026-02-01T00:00:00Z", 2)).toEqual(["2026-02-28", "2026-03-29"]);
    expect(days(monthly("2026-01-30"), "2028-02-01T00:00:00Z", 2)).toEqual(["2028-02-29", "2028-03-30"]);
    expect(days(monthly("2026-01-29"), "2028-02-01T00:00:00Z", 2)).toEqual(["2028-02-29", "2028-03-29"]);
  });

  test("has one update a month before its anchor, too", () => {
    expect(days(monthly("2030-06-10"), "2026-01-01T00:00:00Z", 2)).toEqual(["2026-01-10", "2026-02-10"]);
  });

  test("says why it is that day", () => {
    expect(nextUpdateAfter(monthly("2026-01-31"), at("2026-02-10T00:00:00Z"))).toEqual({
      instant: at("2026-02-27T23:00:00Z"),
      day: "2026-02-28",
      reason: "renewal_day_clamped",
    });
    expect(nextUpdateAfter(monthly("2026-01-31"), at("2026-03-10T00:00:00Z")).reason).toBe("renewal_day");
  });
});

describe("a yearly subscription", () => {
  test("is updated on the 1st of each month and on the renewal date", () => {
    expect(days(yearly("2025-09-15"), "2026-07-20T00:00:00Z", 5)).toEqual([
      "2026-08-01",
      "2026-09-01",
      "2026-09-15",
      "2026-10-01",
      "2026-11-01",
    ]);
  });

  test("renewing on a 1st has that day once", () => {
    const found = nextUpdateAfter(yearly("2025-09-01"), at("2026-08-15T00:00:00Z"));
    expect([found.day, found.reason]).toEqual(["2026-09-01", "renewal_date"]);
    expect(days(yearly("2025-09-01"), "2026-08-15T00:00:00Z", 2)).toEqual(["2026-09-01", "2026-10-01"]);
  });

  test("renewing on 29 February does so on the 28th of other years", () => {
    const calendar = yearly("2024-02-29");
    expect(nextRenewalAfter(calendar, at("2026-01-01T00:00:00Z"))).toMatchObject({
      day: "2026-02-28",
      reason: "renewal_date_clamped",
    });
    expect(nextRenewalAfter(calendar, at("2027-12-01T00:00:00Z"))).toMatchObject({
      day: "2028-02-29",
      reason: "renewal_date",
    });
  });

  test("has one renewal a year, before and after a moment", () => {
    const calendar = yearly("2025-09-15");
    expect(nextRenewalAfter(calendar, at("2026-09-15T00:00:00Z")).day).toBe("2027-09-15");
    expect(previousRenewal(calendar, at("2026-09-15T00:00:00Z")).day).toBe("2026-09-15");
    expect(previousRenewal(calendar, at("2026-09-14T00:00:00Z")).day).toBe("2025-09-15");
  });
});

describe("the instant itself", () => {
  test("belongs to the new period: the next update is the one after", () => {
    const calendar = monthly("2026-04-15");
    const instant = at("2026-05-14T22:00:00Z");
    expect(nextUpdateInstant(calendar, new Date(instant.getTime() - 1))).toEqual(instant);
    expect(nextUpdateInstant(calendar, instant)).toEqual(at("2026-06-14T22:00:00Z"));
    expect(previousUpdateInstant(calendar, instant)).toEqual(instant);
    expect(previousUpdateInstant(calendar, new Date(instant.getTime() - 1))).toEqual(
      at("2026-04-14T22:00:00Z"),
    );
  });
});

const oddNights = [
  // Clocks go forward at 02:00 and back at 03:00: midnight is not touched, the offset of the next day is.
  ["Europe/Stockholm", "2026-03-29", "2026-03-28T23:00:00Z"],
  ["Europe/Stockholm", "2026-03-30", "2026-03-29T22:00:00Z"],
  ["Europe/Stockholm", "2026-10-25", "2026-10-24T22:00:00Z"],
  ["Europe/Stockholm", "2026-10-26", "2026-10-25T23:00:00Z"],
  ["Europe/Warsaw", "2028-03-26", "2028-03-25T23:00:00Z"],
  ["Europe/Warsaw", "2028-10-29", "2028-10-28T22:00:00Z"],
  // No midnight: the day began at 01:00.
  ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"],
  ["Africa/Cairo", "2014-08-01", "2014-07-31T22:00:00Z"],
  ["Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"],
  // Midnight twice: the first one counts.
  ["America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"],
  ["America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z"],
  ["Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z"],
  // The clock goes back from midnight to 23:00: the day before lasts an hour longer.
  ["America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"],
  // Days that never were: the first instant after them.
  ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"],
  ["Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"],
  ["Pacific/Kwajalein", "1993-08-21", "1993-08-21T12:00:00Z"],
  ["UTC", "2026-12-01", "2026-12-01T00:00:00Z"],
  ["Asia/Kathmandu", "2026-12-01", "2026-11-30T18:15:00Z"],
  ["Pacific/Kiritimati", "2026-12-01", "2026-11-30T10:00:00Z"],
  ["Pacific/Pago_Pago", "2026-12-01", "2026-12-01T11:00:00Z"],
] as const;

describe("odd nights", () => {
  test.for(oddNights)("%s %s begins at %s", ([zone, day, instant]) => {
    expect(startOfLocalDay(day, zone)).toEqual(at(instant));
    const calendar = monthly(day, zone);
    expect(nextUpdateInstant(calendar, new Date(at(instant).getTime() - 1))).toEqual(at(instant));
  });

  test("a day that does not exist is updated once, at the first instant after it", () => {
    const calendar = monthly("2011-10-30", "Pacific/Apia");
    expect(updateInstants(calendar, at("2011-11-15T00:00:00Z"), 3)).toEqual([
      at("2011-11-30T10:00:00Z"),
      at("2011-12-30T10:00:00Z"),
      at("2012-01-29T10:00:00Z"),
    ]);
  });

  test("days that share one instant make one update", () => {
    // 31 December 1994 was left out, so a renewal on it begins with 1 January 1995.
    const instants = updateInstants(
      yearly("1990-12-31", "Pacific/Kiritimati"),
      at("1994-12-15T00:00:00Z"),
      2,
    );
    expect(instants).toEqual([at("1994-12-31T10:00:00Z"), at("1995-01-31T10:00:00Z")]);
  });
});

const zones = [
  "UTC",
  "Europe/Stockholm",
  "Europe/Warsaw",
  "America/Sao_Paulo",
  "America/St_Johns",
  "America/Havana",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
] as const;

const anyMoment = fc.date({
  min: at("1975-01-01T00:00:00Z"),
  max: at("2090-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const anyCalendar: fc.Arbitrary<Calendar> = fc.record({
  term: fc.constantFrom("monthly" as const, "yearly" as const),
  anchor: anyMoment.map((moment) => moment.toISOString().slice(0, 10)),
  timeZone: fc.constantFrom(...zones),
});

const DAY = 86_400_000;

describe("for every calendar and moment", () => {
  test("the instant is the first whose local date is on or after the day", () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, (calendar, moment) => {
        const { instant, day } = nextUpdateAfter(calendar, moment);
        expect(localDate(instant, calendar.timeZone) >= day).toBe(true);
        for (let back = 1; back < 2 * DAY; back += back < 7_200_000 ? 899_999 : 3_599_999) {
          expect(localDate(new Date(instant.getTime() - back), calendar.timeZone) < day).toBe(true);
        }
      }),
    );
  });

  test("next is later, previous is not, and nothing lies between them", () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, (calendar, moment) => {
        const next = nextUpdateInstant(calendar, moment);
        const previous = previousUpdateInstant(calendar, moment);
        expect(next > moment && previous <= moment).toBe(true);
        expect(nextUpdateInstant(calendar, previous)).toEqual(next);
        expect(previousUpdateInstant(calendar, next)).toEqual(next);
        expect(previousUpdateInstant(calendar, new Date(next.getTime() - 1))).toEqual(previous);
      }),
    );
  });

  test("a year has 12 monthly updates, or 12 or 13 yearly ones, wherever it starts", () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: 2026, max: 2080 }), (calendar, year) => {
        const start = new Date(startOfLocalDay(`${year}-01-01`, calendar.timeZone).getTime() - 1);
        const days = updateInstants(calendar, start, 14).map((instant) =>
          localDate(instant, calendar.timeZone),
        );
        const count = days.filter((day) => day.startsWith(`${year}-`)).length;
        const extra = calendar.term === "yearly" && !calendar.anchor.endsWith("-01");
        expect(count).toBe(extra ? 13 : 12);
      }),
    );
  });

  test("asking for many at once gives what asking one by one gives", () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, (calendar, moment) => {
        const [first, second] = updateInstants(calendar, moment, 2);
        expect(first).toEqual(nextUpdateInstant(calendar, moment));
        expect(second).toEqual(nextUpdateInstant(calendar, first ?? moment));
      }),
    );
  });
});
