import type { KeyboardEvent } from "react";
import { stepNode } from "../edits/canvas-graph.ts";
import { type Direction, neighbour, type Spot } from "../edits/layout.ts";
import { useBuilder } from "../state/builder-context.ts";
import { focusCard, focusedCard } from "../state/focus-card.ts";

const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** Arrows go between cards, Delete takes a step away. Enter is the card's own. */
export function useCanvasKeys(spots: ReadonlyMap<string, Spot>) {
  const removeAt = useRemoveKey();
  return (event: KeyboardEvent) => {
    const at = focusedCard();
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    if (direction === undefined) return removeAt(event, at);
    event.preventDefault();
    const to = neighbour(reachableSpots(spots), at, direction);
    if (to !== undefined) focusCard(to);
  };
}

/** Delete or Backspace on a step's card or row. */
export function useRemoveKey() {
  const { definition, remove, readOnly } = useBuilder();
  return (event: KeyboardEvent, at: string): void => {
    if (readOnly || (event.key !== "Delete" && event.key !== "Backspace")) return;
    const step = definition.steps.find(({ id }) => stepNode(id) === at);
    if (!step) return;
    event.preventDefault();
    remove(step.id);
  };
}

/** Ends are no stops: there is nothing to do on them. */
function reachableSpots(spots: ReadonlyMap<string, Spot>): ReadonlyMap<string, Spot> {
  return new Map([...spots].filter(([id]) => !id.startsWith("end-")));
}
