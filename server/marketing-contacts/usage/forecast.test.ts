import { describe, expect, test } from "vitest";
import type { Prices } from "#server/billing/tier.ts";
import { tierFor } from "#server/billing/tier.ts";
import { type Day, estimateAt, recentGrowth, tierBelow } from "./forecast.ts";

const WEEK = 7 * 86_400_000;
const now = new Date("2026-11-18T12:00:00Z");
const inWeeks = (weeks: number) => ({ from: now, to: new Date(now.getTime() + weeks * WEEK) });

function days(count: number, staying: (i: number) => number): Day[] {
  return Array.from({ length: count }, (_, i) => ({ day: `day ${i}`, staying: staying(i) }));
}

describe("growth", () => {
  test("is unknown with fewer than four whole weeks", () => {
    expect(recentGrowth([])).toBeNull();
    expect(recentGrowth(days(28, (i) => i))).toBeNull();
    expect(recentGrowth(days(29, (i) => i))).toMatchObject({ days: 28, perWeek: 7, spread: 0 });
  });

  test("looks at the last 13 weeks only", () => {
    const growth = recentGrowth(days(200, (i) => (i < 100 ? 5000 : i)));
    expect(growth).toMatchObject({ days: 91, perWeek: 7, spread: 0 });
  });

  test("has a band that widens with the root of time, and nobody is less than nobody", () => {
    const growth = { days: 28, perWeek: 10, spread: 100 };
    expect(estimateAt(1000, growth, inWeeks(0))).toEqual({ low: 1000, likely: 1000, high: 1000 });
    expect(estimateAt(1000, growth, inWeeks(4))).toEqual({ low: 784, likely: 1040, high: 1296 });
    expect(estimateAt(10, growth, inWeeks(4))).toMatchObject({ low: 0 });
  });

  test("of uneven weeks has a spread", () => {
    const growth = recentGrowth(days(29, (i) => [0, 10, 40, 50, 80][Math.floor(i / 7)] ?? 0));
    expect(growth?.perWeek).toBe(20);
    expect(growth?.spread).toBeCloseTo(11.55, 2);
  });
});

const prices: Prices = {
  included: 2000,
  base: 0,
  blocks: [
    { from: 2000, to: 22_000, step: 5000, price: 1 },
    { from: 22_000, to: 62_000, step: 10_000, price: 1 },
  ],
};

test.for([
  [2000, null],
  [1000, null],
  [3500, 2000],
  [7000, 2000],
  [7001, 7000],
  [12_000, 7000],
  [22_000, 17_000],
  [32_000, 22_000],
  [62_000, 52_000],
  [90_000, 62_000],
] as const)("below %i the price book has %s", ([tier, below]) => {
  expect(tierBelow(prices, tier)).toBe(below);
  expect(below === null ? null : tierFor(prices, below)).toBe(below);
});
