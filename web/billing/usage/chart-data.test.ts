import { describe, expect, test } from "vitest";
import { chartData, isPast } from "./chart-data.ts";
import type { Forecast, History } from "./usage-queries.ts";
import { usageSearch } from "./usage-search.ts";

const day = (name: string, marketing: number) => ({ day: name, marketing, waiting: 0 });
const forecast: Forecast = {
  now: "2026-11-22T05:00:00.000Z",
  timeZone: "America/Los_Angeles",
  certain: [{ instant: "2026-12-01T08:00:00.000Z", day: "2026-12-01", marketing: 80 }],
  estimate: null,
  historyDays: 20,
  fit: null,
};
const history: History = {
  from: "2026-11-01",
  to: "2026-11-10",
  first: "2026-10-01",
  timeZone: "America/Los_Angeles",
  points: [day("2026-11-01", 90), day("2026-11-10", 100)],
  tiers: [{ at: "2026-11-01T07:00:00.000Z", contactLimit: 2000 }],
  operations: [],
};

test("the estimate begins at today's count, and falls where those who wait leave", () => {
  const [now, update] = [Date.parse(forecast.now), Date.parse("2026-12-01T08:00:00.000Z")];
  const points = [
    { instant: forecast.now, low: 100, likely: 100, high: 100 },
    { instant: "2026-12-01T08:00:00.000Z", low: 75, likely: 90, high: 105 },
  ];
  const estimate = { days: 28, perWeek: 7, points };
  const { lines, band } = chartData({ ...history, to: "2026-11-22" }, { ...forecast, estimate }, "year");
  expect(lines.find(({ role }) => role === "estimate")?.points).toEqual([
    { at: now, value: 100 },
    { at: update, value: 110 },
    { at: update, value: 90 },
  ]);
  expect(band[1]).toEqual({ at: update, low: 95, likely: 110, high: 125 });
});

describe("one's own range", () => {
  test("that is over shows what was, and nothing ahead", () => {
    const { from, to, lines, band } = chartData(history, forecast, "own");
    expect([from, to]).toEqual([Date.parse("2026-11-02"), Date.parse("2026-11-11")]);
    expect(lines.map(({ role }) => role)).toEqual(["limit", "fact"]);
    expect(band).toEqual([]);
  });

  test("up to today, by the account's zone, goes on into what is certain", () => {
    const today = { ...history, to: "2026-11-21" };
    expect(isPast(today, forecast)).toBe(false);
    expect(chartData(today, forecast, "own").lines.map(({ role }) => role)).toContain("certain");
  });

  test("is kept in the address only as days, and only with its range", () => {
    expect(usageSearch({ range: "own", from: "2026-11-01", to: "soon" })).toEqual({
      range: "own",
      from: "2026-11-01",
    });
    expect(usageSearch({ range: "year", from: "2026-11-01" })).toEqual({ range: "year" });
  });
});
