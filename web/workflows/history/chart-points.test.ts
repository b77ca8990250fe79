import { expect, test } from "vitest";
import { pointsOf } from "./chart-points.ts";

const day = { enrolled: 3, finished: 1, left: 0, retrying: 0, parked: 0, active: 2 };

test("a line of few days begins with days on which nobody was inside", () => {
  const points = pointsOf([{ ...day, day: "2026-11-22" }], "active");
  expect(points.map(({ value }) => value)).toEqual([0, 0, 0, 0, 0, 0, 2]);
  expect(points[0]?.at).toBe(Date.parse("2026-11-16"));
  expect(points.at(-1)?.at).toBe(Date.parse("2026-11-22"));
});

test("many days are drawn as they are, and none as nothing", () => {
  const days = Array.from({ length: 9 }, (_, place) => ({ ...day, day: `2026-11-1${place}` }));
  expect(pointsOf(days, "enrolled")).toHaveLength(9);
  expect(pointsOf([], "active")).toEqual([]);
});
