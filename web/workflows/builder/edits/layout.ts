import { Graph, layout } from "@dagrejs/dagre";
import type { CanvasGraph } from "./canvas-graph.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Spot extends Size {
  /** Of the upper left corner. */
  readonly x: number;
  readonly y: number;
}

const BETWEEN_RANKS = 22;
const BETWEEN_NODES = 40;

/** Where everything stands, from the top down; ways keep their order from left to right. */
export function layOut(graph: CanvasGraph, sizeOf: (id: string) => Size): ReadonlyMap<string, Spot> {
  const drawn = new Graph({ directed: true });
  drawn.setGraph({ rankdir: "TB", ranksep: BETWEEN_RANKS, nodesep: BETWEEN_NODES, rankalign: "top" });
  drawn.setDefaultEdgeLabel(() => ({}));
  for (const { id } of graph.nodes) drawn.setNode(id, { ...sizeOf(id) });
  for (const { from, to, jump } of graph.edges) if (!jump) drawn.setEdge(from, to);
  // Reading order is the order: minimizing crossings would swap ways.
  layout(drawn, { disableOptimalOrderHeuristic: true });
  return new Map(
    graph.nodes.map(({ id }) => {
      const { width, height } = sizeOf(id);
      const { x = 0, y = 0 } = drawn.node(id) as { x?: number; y?: number };
      // Whole middles, so that lines between them are upright.
      return [id, { x: Math.round(x) - width / 2, y: Math.round(y - height / 2), width, height }];
    }),
  );
}

export type Direction = "up" | "down" | "left" | "right";

/** The nearest spot in a direction: what an arrow key goes to. */
export function neighbour(
  spots: ReadonlyMap<string, Spot>,
  from: string,
  direction: Direction,
): string | undefined {
  const start = spots.get(from);
  if (!start) return undefined;
  const [cx, cy] = centre(start);
  let best: { id: string; distance: number } | undefined;
  for (const [id, spot] of spots) {
    const [dx, dy] = [centre(spot)[0] - cx, centre(spot)[1] - cy];
    const [ahead, aside] = axes(direction, dx, dy);
    if (id === from || ahead <= 4) continue;
    const distance = ahead + aside * SIDE_WEIGHT;
    if (best === undefined || distance < best.distance) best = { id, distance };
  }
  return best?.id;
}

/** A step aside costs more than one ahead. */
const SIDE_WEIGHT = 2;

function axes(direction: Direction, dx: number, dy: number): [number, number] {
  if (direction === "down") return [dy, Math.abs(dx)];
  if (direction === "up") return [-dy, Math.abs(dx)];
  return [direction === "right" ? dx : -dx, Math.abs(dy)];
}

const centre = ({ x, y, width, height }: Spot): [number, number] => [x + width / 2, y + height / 2];
