import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { TRIGGER } from "../edits/canvas-graph.ts";
import type { Spot } from "../edits/layout.ts";

const MARGIN = 24;
const TOP = 20;
const SMALLEST = 0.75;

/** Moves the picture so that a card is in sight; nothing moves while it is. */
export function useReveal(
  frame: { readonly current: HTMLDivElement | null },
  spots: ReadonlyMap<string, Spot>,
  ready: boolean,
) {
  const { getViewport, setViewport } = useReactFlow();
  const reveal = (id: string, where: "near" | "top" = "near") => {
    const [spot, box] = [spots.get(id), frame.current?.getBoundingClientRect()];
    if (!spot || !box) return;
    if (where === "top") {
      const zoom = fitting(spots, box.width);
      const x = centred(spots, spot, { width: box.width, zoom });
      void setViewport({ x, y: TOP - spot.y * zoom, zoom });
      return;
    }
    const { x, y, zoom } = getViewport();
    const [left, top] = [x + spot.x * zoom, y + spot.y * zoom];
    const dx = shift(left, left + spot.width * zoom, box.width);
    const dy = shift(top, top + spot.height * zoom, box.height);
    if (dx !== 0 || dy !== 0) void setViewport({ x: x + dx, y: y + dy, zoom });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the first card has been measured
  useEffect(() => {
    if (ready) reveal(TRIGGER, "top");
  }, [ready]);
  useKeptMiddle(frame);
  return reveal;
}

/** The middle stays the middle when a panel takes some of the room. */
function useKeptMiddle(frame: { readonly current: HTMLDivElement | null }): void {
  const { getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    const box = frame.current;
    if (!box) return undefined;
    let width = box.clientWidth;
    const observer = new ResizeObserver(() => {
      const change = box.clientWidth - width;
      width = box.clientWidth;
      const { x, y, zoom } = getViewport();
      if (change !== 0) void setViewport({ x: x + change / 2, y, zoom });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [frame, getViewport, setViewport]);
}

/** Small enough for all ways to be in sight, as long as it can be read. */
function fitting(spots: ReadonlyMap<string, Spot>, width: number): number {
  const right = Math.max(...[...spots.values()].map((spot) => spot.x + spot.width));
  return Math.min(1, Math.max(SMALLEST, (width - 2 * MARGIN) / right));
}

/** All ways in the middle where they fit, else the first card. */
function centred(
  spots: ReadonlyMap<string, Spot>,
  spot: Spot,
  { width, zoom }: { readonly width: number; readonly zoom: number },
): number {
  const right = Math.max(...[...spots.values()].map((each) => each.x + each.width));
  const fits = right * zoom <= width - 2 * MARGIN;
  return width / 2 - (fits ? right / 2 : spot.x + spot.width / 2) * zoom;
}

/** How far something has to move to lie within 0 and `room`, its beginning first. */
function shift(from: number, to: number, room: number): number {
  if (from < MARGIN) return MARGIN - from;
  return to > room - MARGIN ? Math.max(room - MARGIN - to, MARGIN - from) : 0;
}
