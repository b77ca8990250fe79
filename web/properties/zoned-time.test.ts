import { expect, test } from "vitest";
import { fromWallClock, toWallClock } from "./zoned-time.ts";

test.each([
  ["2026-11-18T10:00:00.000Z", "Europe/Stockholm", "2026-11-18T11:00"],
  ["2026-07-01T22:30:00.000Z", "Europe/Warsaw", "2026-07-02T00:30"],
  ["2026-01-01T00:00:00.000Z", "America/New_York", "2025-12-31T19:00"],
])("%s in %s is %s, and back", (instant, zone, local) => {
  expect(toWallClock(instant, zone)).toBe(local);
  expect(fromWallClock(local, zone)).toBe(instant);
});

test("nonsense is empty", () => {
  expect([toWallClock("x", "UTC"), fromWallClock("", "UTC")]).toEqual(["", ""]);
});
