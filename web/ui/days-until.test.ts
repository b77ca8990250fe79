import { expect, test } from "vitest";
import { daysUntil } from "./days-until.ts";

const update = "2026-11-30T23:00:00Z";

test.for([
  ["2026-11-18T12:00:00Z", 13],
  ["2026-11-30T22:59:59Z", 1],
  ["2026-11-29T23:00:00Z", 1],
  ["2026-11-29T22:59:59Z", 2],
  ["2026-11-30T23:00:00Z", 0],
  ["2026-12-05T00:00:00Z", 0],
] as const)("seen from %s it is %i days to 1 December in Stockholm", ([now, days]) => {
  expect(daysUntil(update, "Europe/Stockholm", new Date(now))).toBe(days);
});

test("a change of clocks between does not take a day", () => {
  expect(daysUntil("2026-03-31T22:00:00Z", "Europe/Stockholm", new Date("2026-03-28T12:00:00Z"))).toBe(4);
});
