import { expect, test } from "vitest";
import { type Corner, jumpRoute, roundedPath } from "./jump-route.ts";
import type { Spot } from "./layout.ts";

const spot = (x: number, y: number, height = 60): Spot => ({ x, y, width: 200, height });

/** Three rows; the jump stands left in the last, its step in the middle of the first, with wider rows between. */
const spots = new Map([
  ["step", spot(240, 0)],
  ["beside", spot(480, 0)],
  ["left", spot(0, 100)],
  ["far", spot(720, 100)],
  ["jump", spot(0, 200)],
  ["tall", spot(240, 200, 140)],
  ["below", spot(0, 400)],
]);

/** The cards that a line runs behind, ends aside. */
function hidden(corners: readonly Corner[]): string[] {
  const stretches = corners.slice(1).map((to, place) => [corners[place] as Corner, to] as const);
  return [...spots].flatMap(([id, { x, y, width, height }]) =>
    stretches.some(
      ([a, b]) =>
        Math.max(a.x, b.x) > x &&
        Math.min(a.x, b.x) < x + width &&
        Math.max(a.y, b.y) > y &&
        Math.min(a.y, b.y) < y + height,
    )
      ? [id]
      : [],
  );
}

test("a jump runs behind no card, also where cards stand beside its ends", () => {
  const corners = jumpRoute(spots, { from: "jump", to: "step", place: 0 });
  expect(corners[0]).toEqual({ x: 200, y: 230 });
  expect(corners.at(-1)).toEqual({ x: 440, y: 30 });
  expect(Math.max(...corners.map(({ x }) => x))).toBe(940);
  expect(hidden(corners)).toEqual([]);
});

test.for([
  ["far", "below"],
  ["below", "beside"],
  ["tall", "left"],
  ["jump", "below"],
] as const)("from %s to %s as well", ([from, to]) => {
  expect(hidden(jumpRoute(spots, { from, to, place: 0 }))).toEqual([]);
});

const route = (place: number) => jumpRoute(spots, { from: "far", to: "beside", place });

test("with nothing beside it the line goes straight to its lane, each jump to its own", () => {
  expect(route(0)).toEqual([
    { x: 920, y: 130 },
    { x: 940, y: 130 },
    { x: 940, y: 30 },
    { x: 680, y: 30 },
  ]);
  expect(route(1)[1]?.x).toBe(948);
});

test("nothing is drawn before both ends have a place", () => {
  expect(jumpRoute(new Map(), { from: "far", to: "beside", place: 0 })).toEqual([]);
});

test("corners are rounded, at most half of the way", () => {
  const corners = [
    { x: 0, y: 0 },
    { x: 20, y: 0 },
    { x: 20, y: 100 },
  ];
  expect(roundedPath(corners, 8)).toBe("M0 0L12 0Q20 0 20 8L20 100");
  expect(roundedPath(corners, 80)).toBe("M0 0L10 0Q20 0 20 50L20 100");
});
