import type { ChartLine, TimeChartProps } from "../../ui/chart/time-chart.tsx";
import type { Forecast, History } from "./usage-queries.ts";
import type { Range } from "./usage-search.ts";

const DAY_MS = 86_400_000;
/** How much of the forecast stands beside each range. */
const AHEAD_DAYS: Record<Range, number> = { quarter: 62, year: 135, all: 366, own: 62 };
/** Below so much of the picture history would be a sliver. */
const LEAST_HISTORY_DAYS: Record<Range, number> = { quarter: 14, year: 14, all: 14, own: 1 };
/** Up to so many days are named one by one. */
const DAYS_NAMED = 70;

type Data = Pick<TimeChartProps, "from" | "to" | "now" | "lines"> & Required<Pick<TimeChartProps, "band">>;

const endOf = (day: string): number => Date.parse(day) + DAY_MS;

/** Whether a range ended before today, so that nothing of it is ahead. */
export function isPast({ to, timeZone }: History, { now }: Forecast): boolean {
  return to < new Intl.DateTimeFormat("sv", { timeZone }).format(new Date(now));
}

/** Whether so few days are looked at that each can be named. */
export const isShort = ({ from, to }: History, range: Range): boolean =>
  range === "own" && endOf(to) - Date.parse(from) <= DAYS_NAMED * DAY_MS;

/** The lines of a range that is over: facts and tiers. */
function pastData(history: History, forecast: Forecast): Data {
  const to = endOf(history.to);
  const fact = history.points.map(({ day, marketing }) => ({ at: endOf(day), value: marketing }));
  const from = Math.min(fact[0]?.at ?? to, to - DAY_MS);
  const lines: ChartLine[] = [limitLine(history, from, to), { role: "fact", points: fact }];
  return {
    from,
    to,
    now: Date.parse(forecast.now),
    lines: lines.filter(({ points }) => points.length > 0),
    band: [],
  };
}

/** The lines of the picture: facts up to now, certain steps and an estimate from there, tiers all along. */
export function chartData(history: History, forecast: Forecast, range: Range): Data {
  if (isPast(history, forecast)) return pastData(history, forecast);
  const now = Date.parse(forecast.now);
  const fact = history.points.map(({ day, marketing }) => ({
    at: Math.min(endOf(day), now),
    value: marketing,
  }));
  const last = fact.at(-1)?.value ?? 0;
  const from = Math.min(fact[0]?.at ?? now, now - LEAST_HISTORY_DAYS[range] * DAY_MS);
  const to = now + AHEAD_DAYS[range] * DAY_MS;
  const steps = forecast.certain
    .map(({ instant, marketing }) => ({ at: Date.parse(instant), value: marketing }))
    .filter(({ at }) => at < to);
  const estimate = cutAt(guesses(forecast), to);
  const certain = [{ at: now, value: last }, ...steps, { at: to, value: steps.at(-1)?.value ?? last }];
  const lines: ChartLine[] = [
    limitLine(history, from, to),
    { role: "certain", points: certain, stepped: true },
    { role: "estimate", points: estimate.map(({ at, likely }) => ({ at, value: likely })) },
    { role: "fact", points: fact },
  ];
  return { from, to, now, lines: lines.filter(({ points }) => points.length > 0), band: estimate };
}

interface Guess {
  readonly at: number;
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** The estimate with a step at each date on which somebody leaves for certain: until then they still count. */
function guesses({ estimate, certain }: Forecast): Guess[] {
  const points = (estimate?.points ?? []).map(({ instant, ...point }) => ({
    ...point,
    at: Date.parse(instant),
  }));
  const counts = [points[0]?.likely ?? 0, ...certain.map(({ marketing }) => marketing)];
  return points.flatMap((point, place) => {
    const fall = place === 0 ? 0 : (counts[place - 1] ?? 0) - (counts[place] ?? 0);
    if (fall === 0) return [point];
    const { at, low, likely, high } = point;
    return [{ at, low: low + fall, likely: likely + fall, high: high + fall }, point];
  });
}

/** The points up to a moment, with one at the moment itself on the way to the next. */
function cutAt(points: readonly Guess[], to: number): Guess[] {
  const next = points.findIndex(({ at }) => at > to);
  const [before, after] = [points[next - 1], points[next]];
  if (before === undefined || after === undefined) return [...points];
  const share = (to - before.at) / (after.at - before.at);
  const between = (of: "low" | "likely" | "high") => before[of] + (after[of] - before[of]) * share;
  const end = { at: to, low: between("low"), likely: between("likely"), high: between("high") };
  return [...points.slice(0, next), end];
}

function limitLine({ tiers }: History, from: number, to: number): ChartLine {
  const points = tiers.map(({ at, contactLimit }) => ({
    at: Math.max(Date.parse(at), from),
    value: contactLimit,
  }));
  const last = points.at(-1);
  const all = last === undefined ? [] : [...points, { at: to, value: last.value }];
  return { role: "limit", stepped: true, points: all };
}

export function lineOf(lines: readonly ChartLine[], role: ChartLine["role"]): ChartLine | undefined {
  return lines.find((line) => line.role === role);
}

/** What counted, or will for certain, at a moment. */
export function valueAt(lines: readonly ChartLine[], role: ChartLine["role"], at: number): number | null {
  const points = lineOf(lines, role)?.points ?? [];
  const [first] = points;
  if (first === undefined || at < first.at - DAY_MS) return null;
  return (points.findLast((point) => point.at <= at) ?? first).value;
}
