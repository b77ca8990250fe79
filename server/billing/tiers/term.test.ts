import { describe, expect, test } from "vitest";
import type { Calendar } from "../update-instant.ts";
import { costUntilRenewal, nextFallAfter, updatesUntil } from "./term.ts";

const monthly: Calendar = { term: "monthly", anchor: "2026-10-31", timeZone: "Europe/Stockholm" };
const yearly: Calendar = { term: "yearly", anchor: "2024-02-29", timeZone: "Europe/Stockholm" };

describe("what is paid until renewal", () => {
  test("is the whole term on its first day", () => {
    expect(costUntilRenewal(monthly, new Date("2026-11-30T12:00:00Z"), 1000)).toBe(1000);
    expect(costUntilRenewal(yearly, new Date("2026-02-28T12:00:00Z"), 1000)).toBe(12_000);
  });

  test("counts local days, not hours, also over a change of clocks", () => {
    // 31 October 23:30 in Stockholm: the term of 31 October to 30 November has 30 days.
    expect(costUntilRenewal(monthly, new Date("2026-10-31T22:30:00Z"), 3000)).toBe(3000);
    expect(costUntilRenewal(monthly, new Date("2026-10-31T23:30:00Z"), 3000)).toBe(2900);
    expect(costUntilRenewal(monthly, new Date("2026-11-29T22:59:59Z"), 3000)).toBe(100);
  });

  test("rounds half up to the minor unit", () => {
    // 15 of 30 days of 1: a half. 1 of 30 of 14: 0.47.
    expect(costUntilRenewal(monthly, new Date("2026-11-15T12:00:00Z"), 1)).toBe(1);
    expect(costUntilRenewal(monthly, new Date("2026-11-29T12:00:00Z"), 14)).toBe(0);
    expect(costUntilRenewal(monthly, new Date("2026-11-29T12:00:00Z"), 15)).toBe(1);
  });

  test("knows leap years", () => {
    // From 28 February 2027 to 29 February 2028 there are 366 days.
    expect(costUntilRenewal(yearly, new Date("2027-02-28T12:00:00Z"), 366)).toBe(12 * 366);
    expect(costUntilRenewal(yearly, new Date("2028-02-28T12:00:00Z"), 366)).toBe(12);
  });

  test("of one day that the term has twice or never is still a day", () => {
    // Samoa had no 30 December 2011.
    const apia: Calendar = { term: "monthly", anchor: "2011-01-15", timeZone: "Pacific/Apia" };
    expect(costUntilRenewal(apia, new Date("2011-12-29T20:00:00Z"), 31)).toBe(17);
    expect(costUntilRenewal(apia, new Date("2011-12-30T20:00:00Z"), 31)).toBe(15);
  });
});

const days = (calendar: Calendar, after: string, until: string) =>
  updatesUntil(calendar, new Date(after), new Date(until)).map(
    ({ update, isRenewal }) => `${update.day}${isRenewal ? " renewal" : ""}`,
  );

describe("updates that have come", () => {
  test("are each once, in order, however late, and end with the moment itself", () => {
    expect(days(monthly, "2026-11-29T23:00:00Z", "2027-03-31T12:00:00Z")).toEqual([
      "2026-12-31 renewal",
      "2027-01-31 renewal",
      "2027-02-28 renewal",
      "2027-03-31 renewal",
    ]);
    expect(days(monthly, "2026-11-29T22:59:59Z", "2026-11-29T23:00:00Z")).toEqual(["2026-11-30 renewal"]);
    expect(days(monthly, "2026-11-29T23:00:00Z", "2026-11-29T23:00:00Z")).toEqual([]);
  });

  test("of a yearly term are the firsts and its date", () => {
    expect(days(yearly, "2027-12-31T12:00:00Z", "2028-03-01T12:00:00Z")).toEqual([
      "2028-01-01",
      "2028-02-01",
      "2028-02-29 renewal",
      "2028-03-01",
    ]);
  });

  test.for([
    // Midnight is missing: clocks go from 23:59:59 to 01:00.
    ["Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00.000Z"],
    ["America/Havana", "2026-03-08", "2026-03-08T05:00:00.000Z"],
    ["America/Santiago", "2026-09-06", "2026-09-06T04:00:00.000Z"],
    // Midnight happens twice: the first one counts.
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"],
    // What would be midnight is 23:00 once more: the day begins an hour later.
    ["Asia/Beirut", "2026-10-25", "2026-10-24T22:00:00.000Z"],
    // Both nights of Stockholm.
    ["Europe/Stockholm", "2026-03-29", "2026-03-28T23:00:00.000Z"],
    ["Europe/Stockholm", "2026-10-25", "2026-10-24T22:00:00.000Z"],
  ] as const)("in %s on %s come at %s", ([timeZone, anchor, instant]) => {
    const calendar: Calendar = { term: "monthly", anchor, timeZone };
    const at = new Date(instant);
    const just = (milliseconds: number) => new Date(at.getTime() + milliseconds);
    expect(updatesUntil(calendar, just(-86_400_000), just(-1))).toEqual([]);
    expect(updatesUntil(calendar, just(-86_400_000), at).map(({ update }) => update.instant)).toEqual([at]);
    expect(updatesUntil(calendar, at, just(86_400_000))).toEqual([]);
  });
});

test("a tier falls at an update or only at a renewal", () => {
  const now = new Date("2026-11-18T12:00:00Z");
  expect(nextFallAfter(yearly, now, "update").day).toBe("2026-12-01");
  expect(nextFallAfter(yearly, now, "renewal").day).toBe("2027-02-28");
});
