import { expect, test } from "vitest";
import { readMoment } from "./typed-moment.ts";

const zone = "Europe/Stockholm";

test.for([
  ["2026-12-01", "2026-11-30T23:00:00.000Z"],
  ["2026-12-01T09:30", "2026-12-01T08:30:00.000Z"],
  ["2026-12-01 09:30:15", "2026-12-01T08:30:15.000Z"],
  ["2026-12-01T00:00:00Z", "2026-12-01T00:00:00.000Z"],
  ["2026-12-01T00:00:00+05:30", "2026-11-30T18:30:00.000Z"],
  // The hour that spring leaves out, and the one that autumn has twice.
  ["2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
] as const)("%s is %s in Stockholm", ([typed, instant]) => {
  expect(readMoment(typed, zone).toISOString()).toBe(instant);
});

test("a day begins when its clocks do", () => {
  expect(readMoment("2026-09-06", "America/Santiago").toISOString()).toBe("2026-09-06T04:00:00.000Z");
});

test.for(["", "1", "yesterday", "12/1/2026", "2026-02-30", "2026-13-01", "2026-12-01T25:00", "2026-12"])(
  "“%s” is no moment",
  (typed) => {
    expect(() => readMoment(typed, zone)).toThrow("marketing-status:bad_instant");
  },
);
