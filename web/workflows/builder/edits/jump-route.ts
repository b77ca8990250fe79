import type { Spot } from "./layout.ts";

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** How far a line stays from cards, and from the next line beside it. */
const ASIDE = 20;
const BETWEEN_LINES = 8;
/** Cards of a row begin on one height, give or take a rounding. */
const SAME_ROW = 2;

interface Jump {
  readonly from: string;
  readonly to: string;
  /** Which of the jumps it is: each has a lane of its own. */
  readonly place: number;
}

/**
 * The corners of the line from a "go to" to the step it names: out to the right, along a lane beyond every card it
 * passes, and back in from the right. Where a card stands in the way beside either end, the line goes through the room
 * between two rows instead, so that it never runs behind a card. Empty until both stand somewhere.
 */
export function jumpRoute(spots: ReadonlyMap<string, Spot>, { from, to, place }: Jump): Corner[] {
  const [start, end] = [spots.get(from), spots.get(to)];
  if (start === undefined || end === undefined) return [];
  const cards = [...spots.values()];
  const out = leave(start, cards, "below");
  const back = leave(end, cards, "above").toReversed();
  const heights = [...out, ...back].map(({ y }) => y);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  const passed = cards.filter(({ y, height }) => y < bottom + ASIDE && y + height > top - ASIDE);
  const lane = Math.max(...passed.map(right)) + ASIDE + place * BETWEEN_LINES;
  const [last, first] = [out.at(-1), back[0]];
  return [...out, { x: lane, y: last?.y ?? 0 }, { x: lane, y: first?.y ?? 0 }, ...back];
}

const right = ({ x, width }: Spot): number => x + width;

/** From the middle of a card's right side to where the way to the lane is free. */
function leave(card: Spot, cards: readonly Spot[], side: "above" | "below"): Corner[] {
  const y = card.y + card.height / 2;
  const first = { x: right(card), y };
  const isInWay = (other: Spot) =>
    other.x >= right(card) && other.y < y + ASIDE / 2 && other.y + other.height > y - ASIDE / 2;
  if (!cards.some(isInWay)) return [first];
  const row = cards.filter((other) => Math.abs(other.y - card.y) <= SAME_ROW);
  const free =
    side === "above" ? card.y - ASIDE / 2 : Math.max(...row.map((each) => each.y + each.height)) + ASIDE / 2;
  return [first, { x: first.x + ASIDE, y }, { x: first.x + ASIDE, y: free }];
}

/** Through the corners, rounded. */
export function roundedPath(corners: readonly Corner[], radius: number): string {
  return corners
    .map(({ x, y }, place) => {
      const [before, after] = [corners[place - 1], corners[place + 1]];
      if (before === undefined) return `M${x} ${y}`;
      if (after === undefined) return `L${x} ${y}`;
      const start = towards({ x, y }, before, radius);
      const end = towards({ x, y }, after, radius);
      return `L${start.x} ${start.y}Q${x} ${y} ${end.x} ${end.y}`;
    })
    .join("");
}

/** At most half way, so that two bends have room on one stretch. */
function towards(from: Corner, to: Corner, radius: number): Corner {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(radius, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
