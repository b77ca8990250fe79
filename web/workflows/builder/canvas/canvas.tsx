import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type CanvasGraph, canvasGraph, stepNode, TRIGGER } from "../edits/canvas-graph.ts";
import { type Direction, neighbour, type Spot } from "../edits/layout.ts";
import { useBuilder } from "../state/builder-context.ts";
import { focusCard, focusedCard } from "../state/focus-card.ts";
import classes from "./canvas.module.css";
import { CanvasControls } from "./canvas-controls.tsx";
import { EndNode, StepNode, TriggerNode, WayNode } from "./nodes.tsx";
import { useLayout } from "./use-layout.ts";

const nodeTypes = { trigger: TriggerNode, step: StepNode, way: WayNode, end: EndNode };
const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** The workflow as a picture from the top down. Everything on it can be reached and done by keys as well. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Drawn />
    </ReactFlowProvider>
  );
}

function Drawn() {
  const { t } = useTranslation("workflow-builder");
  const { definition, panel } = useBuilder();
  const graph = useMemo(() => canvasGraph(definition), [definition]);
  const { spots, sizes, measure } = useLayout(graph);
  const frame = useRef<HTMLDivElement>(null);
  const ready = sizes.has(TRIGGER);
  const reveal = useReveal(frame, spots, ready);
  const opened = panel?.kind === "step" ? stepNode(panel.id) : undefined;
  // Also once the panel has taken its part of the room, and when a new card has found its place.
  const spot = opened === undefined ? undefined : spots.get(opened);
  const place = spot && `${spot.x} ${spot.y}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: again when it stands elsewhere
  useEffect(() => {
    const later = requestAnimationFrame(() => opened !== undefined && reveal(opened));
    return () => cancelAnimationFrame(later);
  }, [opened, place]);
  const onKeyDown = useCanvasKeys(spots);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the cards inside
    <div
      ref={frame}
      className={classes["canvas"]}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const id = event.target.getAttribute("data-card");
        if (id !== null && event.target.matches(":focus-visible")) reveal(id);
      }}
    >
      <ReactFlow
        aria-label={t("canvas.label")}
        nodes={nodesOf(graph, spots, sizes)}
        edges={edgesOf(graph)}
        nodeTypes={nodeTypes}
        onNodesChange={measure}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.3}
        maxZoom={1.5}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
      </ReactFlow>
      <CanvasControls onTop={() => reveal(TRIGGER, "top")} />
    </div>
  );
}

function nodesOf(
  { nodes }: CanvasGraph,
  spots: ReturnType<typeof useLayout>["spots"],
  sizes: ReturnType<typeof useLayout>["sizes"],
) {
  return nodes.map((node) => {
    const { x = 0, y = 0 } = spots.get(node.id) ?? {};
    const size = sizes.get(node.id);
    return { id: node.id, type: node.kind, position: { x, y }, data: node, ...(size && { measured: size }) };
  });
}

function edgesOf({ edges }: CanvasGraph) {
  return edges.map(({ id, from, to, jump }) => ({
    id,
    source: from,
    target: to,
    type: "smoothstep",
    focusable: false,
    ...(jump && { sourceHandle: "jump", targetHandle: "jump", className: classes["jump"] ?? "" }),
  }));
}

const MARGIN = 24;
const TOP = 20;

/** Moves the picture so that a card is in sight; nothing moves while it is. */
function useReveal(
  frame: { readonly current: HTMLDivElement | null },
  spots: ReadonlyMap<string, Spot>,
  ready: boolean,
) {
  const { getViewport, setViewport } = useReactFlow();
  const reveal = (id: string, where: "near" | "top" = "near") => {
    const [spot, box] = [spots.get(id), frame.current?.getBoundingClientRect()];
    if (!spot || !box) return;
    const { x, y, zoom } = where === "top" ? { x: 0, y: 0, zoom: 1 } : getViewport();
    if (where === "top") {
      void setViewport({ x: box.width / 2 - (spot.x + spot.width / 2), y: TOP - spot.y, zoom: 1 });
      return;
    }
    const [left, top] = [x + spot.x * zoom, y + spot.y * zoom];
    const dx = shift(left, left + spot.width * zoom, box.width);
    const dy = shift(top, top + spot.height * zoom, box.height);
    if (dx !== 0 || dy !== 0) void setViewport({ x: x + dx, y: y + dy, zoom });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the first card has been measured
  useEffect(() => {
    if (ready) reveal(TRIGGER, "top");
  }, [ready]);
  return reveal;
}

/** How far something has to move to lie within 0 and `room`, its beginning first. */
function shift(from: number, to: number, room: number): number {
  if (from < MARGIN) return MARGIN - from;
  return to > room - MARGIN ? Math.max(room - MARGIN - to, MARGIN - from) : 0;
}

/** Arrows go between cards, Delete takes a step away. Enter is the card's own. */
function useCanvasKeys(spots: ReadonlyMap<string, Spot>) {
  const { definition, remove, readOnly } = useBuilder();
  return (event: KeyboardEvent) => {
    const at = focusedCard();
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    if (direction) {
      event.preventDefault();
      const to = neighbour(reachableSpots(spots), at, direction);
      if (to !== undefined) focusCard(to);
    }
    const step = definition.steps.find(({ id }) => stepNode(id) === at);
    if ((event.key === "Delete" || event.key === "Backspace") && step && !readOnly) {
      event.preventDefault();
      remove(step.id);
    }
  };
}

/** Ends are no stops: there is nothing to do on them. */
function reachableSpots(spots: ReadonlyMap<string, Spot>): ReadonlyMap<string, Spot> {
  return new Map([...spots].filter(([id]) => !id.startsWith("end-")));
}
