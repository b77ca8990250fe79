import type { Point } from "../../ui/chart/scale.ts";
import type { Day } from "./history-queries.ts";

/** What can be drawn day by day; `active` is who was inside at its end, the others what happened that day. */
export const metrics = ["active", "enrolled", "finished", "left", "retrying", "parked"] as const;
export type Metric = (typeof metrics)[number];

const DAY_MS = 86_400_000;
/** A line of fewer days would be a dot in a corner: before the first nobody was inside. */
const LEAST_DAYS = 7;

/** One number of each day, at its midnight. */
export function pointsOf(days: readonly Pick<Day, "day" | Metric>[], metric: Metric): Point[] {
  const points = days.map((day) => ({ at: Date.parse(day.day), value: day[metric] }));
  const [first] = points;
  if (first === undefined) return [];
  const missing = Math.max(0, LEAST_DAYS - points.length);
  const before = Array.from({ length: missing }, (_, place) => ({
    at: first.at - (missing - place) * DAY_MS,
    value: 0,
  }));
  return [...before, ...points];
}
