/** A value's place on a line of pixels. */
export type Scale = (value: number) => number;

export function scale(
  [least, most]: readonly [number, number],
  [start, end]: readonly [number, number],
): Scale {
  const span = most - least || 1;
  return (value) => start + ((value - least) / span) * (end - start);
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Round numbers around the values, some five of them; they never go below 0 and never begin far under the least. */
export function valueTicks(least: number, most: number, wanted = 4): number[] {
  const span = Math.max(most - least, 4);
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  const step = Math.max(1, (STEPS.find((each) => each * power * wanted >= span) ?? 10) * power);
  const first = Math.max(0, Math.floor(least / step) * step);
  const ticks = [first];
  while ((ticks.at(-1) ?? most) < most) ticks.push((ticks.at(-1) ?? 0) + step);
  return ticks;
}

/** The first days of months, as many as there is room for. Milliseconds since 1970, in UTC. */
export function monthTicks(from: number, to: number, most: number): number[] {
  const months: number[] = [];
  const start = new Date(from);
  for (let offset = 0; ; offset++) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + offset, 1);
    if (at > to) break;
    if (at >= from) months.push(at);
  }
  const every = [1, 2, 3, 6, 12, 24, 60].find((step) => months.length / step <= most) ?? 120;
  return months.filter((at) => monthNumber(at) % every === 0);
}

const DAY_MS = 86_400_000;

/** Midnights in UTC, as many as there is room for, counted back from the last. */
export function dayTicks(from: number, to: number, most: number): number[] {
  const last = Math.floor(to / DAY_MS) * DAY_MS;
  const days = Math.floor((last - from) / DAY_MS) + 1;
  const every = [1, 2, 3, 7, 14, 28].find((step) => days / step <= most) ?? 56;
  return Array.from(
    { length: Math.ceil(days / every) },
    (_, place) => last - place * every * DAY_MS,
  ).toReversed();
}

function monthNumber(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export interface Point {
  readonly at: number;
  readonly value: number;
}

export interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** An SVG path through the points; stepped lines keep a value until the next point. */
export function linePath(points: readonly Point[], { x, y }: Scales, stepped = false): string {
  return points
    .map(({ at, value }, place) => {
      const [left, top] = [x(at).toFixed(1), y(value).toFixed(1)];
      if (place === 0) return `M${left} ${top}`;
      return stepped ? `H${left}V${top}` : `L${left} ${top}`;
    })
    .join("");
}
