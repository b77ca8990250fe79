import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextInWindow, zoned } from "./execution-window.ts";

const office = { weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const stockholm = "Europe/Stockholm";
const at = (text: string) => new Date(text);

describe("nextInWindow", () => {
  it.each([
    ["inside stays", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"],
    ["before it opens", "2026-11-23T06:00:00Z", "2026-11-23T08:00:00Z"],
    ["the moment it closes is outside", "2026-11-23T16:00:00Z", "2026-11-24T08:00:00Z"],
    ["Friday evening goes to Monday", "2026-11-27T18:00:00Z", "2026-11-30T08:00:00Z"],
  ])("%s", (_, now, expected) => {
    expect(nextInWindow(office, at(now), stockholm)).toEqual(at(expected));
  });

  it("is always open without a window", () => {
    expect(nextInWindow(null, at("2026-11-28T03:00:00Z"), stockholm)).toEqual(at("2026-11-28T03:00:00Z"));
  });

  it("reaches over midnight, and belongs to the day it begins on", () => {
    const night = { weekdays: [5], from: "22:00", to: "06:00" };
    expect(nextInWindow(night, at("2026-11-28T04:00:00Z"), stockholm)).toEqual(at("2026-11-28T04:00:00Z"));
    expect(nextInWindow(night, at("2026-11-28T05:00:00Z"), stockholm)).toEqual(at("2026-12-04T21:00:00Z"));
  });

  it("opens after the gap when its hour does not exist", () => {
    const early = { weekdays: [7], from: "02:30", to: "05:00" };
    expect(nextInWindow(early, at("2027-03-27T23:30:00Z"), "Europe/Warsaw")).toEqual(
      at("2027-03-28T01:30:00Z"),
    );
  });
});

it("skips a window of which the clock leaves nothing, in the night when it skips an hour", () => {
  const window = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "02:15", to: "03:00" };
  const next = nextInWindow(window, at("2026-03-29T00:30:00Z"), stockholm);
  expect(next).toEqual(at("2026-03-30T00:15:00Z"));
});

describe("nextInWindow, for any window", () => {
  it("never answers with the past, always with a moment on an allowed day or its night", () => {
    const time = fc
      .integer({ min: 0, max: 24 * 60 - 1 })
      .map(
        (minutes) =>
          `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`,
      );
    const windows = fc.record({
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: time,
      to: time,
    });
    const moments = fc.date({ min: at("2026-01-01"), max: at("2029-01-01"), noInvalidDate: true });
    const zones = fc.constantFrom(stockholm, "Europe/Warsaw", "America/Santiago", "Asia/Kathmandu", "UTC");
    fc.assert(
      fc.property(windows, moments, zones, (window, now, zone) => {
        const next = nextInWindow(window, now, zone);
        expect(next >= now).toBe(true);
        expect(nextInWindow(window, next, zone)).toEqual(next);
        const day = zoned(next, zone).dayOfWeek;
        const yesterday = day === 1 ? 7 : day - 1;
        expect(window.weekdays.includes(day) || window.weekdays.includes(yesterday)).toBe(true);
      }),
    );
  });
});
