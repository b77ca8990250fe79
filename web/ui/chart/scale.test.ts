import { expect, test } from "vitest";
import { dayTicks, linePath, monthTicks, scale, valueTicks } from "./scale.ts";

test.for([
  [6000, 9900, [6000, 7000, 8000, 9000, 10_000]],
  [0, 3, [0, 1, 2, 3]],
  [0, 0, [0]],
  [3202, 3500, [3200, 3300, 3400, 3500]],
] as const)("ticks from %i to %i are round", ([least, most, ticks]) => {
  expect(valueTicks(least, most)).toEqual(ticks);
});

test("months stand as densely as there is room", () => {
  const year = [Date.UTC(2026, 0, 15), Date.UTC(2026, 11, 15)] as const;
  expect(monthTicks(...year, 12)).toHaveLength(11);
  expect(monthTicks(...year, 4).map((at) => new Date(at).getUTCMonth())).toEqual([3, 6, 9]);
});

test("days stand as densely as there is room, the last one among them", () => {
  const [from, to] = [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 22)];
  expect(dayTicks(from, to, 30)).toHaveLength(22);
  expect(dayTicks(from, to, 4).map((at) => new Date(at).getUTCDate())).toEqual([1, 8, 15, 22]);
});

test("a stepped line keeps its value until the next point", () => {
  const same = scale([0, 10], [0, 10]);
  const points = [
    { at: 0, value: 1 },
    { at: 5, value: 4 },
  ];
  expect(linePath(points, { x: same, y: same })).toBe("M0.0 1.0L5.0 4.0");
  expect(linePath(points, { x: same, y: same }, true)).toBe("M0.0 1.0H5.0V4.0");
});
