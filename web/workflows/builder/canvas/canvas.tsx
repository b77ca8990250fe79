import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type CanvasGraph, canvasGraph, stepNode, TRIGGER, wayNode } from "../edits/canvas-graph.ts";
import { jumpRoute, roundedPath } from "../edits/jump-route.ts";
import { type TestRun, useBuilder } from "../state/builder-context.ts";
import classes from "./canvas.module.css";
import { CanvasControls } from "./canvas-controls.tsx";
import { JumpEdge } from "./jump-edge.tsx";
import { EndNode, StepNode, TriggerNode, WayNode } from "./nodes.tsx";
import { useCanvasKeys } from "./use-canvas-keys.ts";
import { useLayout } from "./use-layout.ts";
import { useReveal } from "./use-reveal.ts";

const edgeTypes = { jump: JumpEdge };
const nodeTypes = { trigger: TriggerNode, step: StepNode, way: WayNode, end: EndNode };

/** Without it the canvas takes cards that cannot be dragged for pictures. */
const clickable = { pointerEvents: "all" } as const;

/** Nothing is dragged or chosen by the canvas itself: cards are buttons. */
const still = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: null,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  minZoom: 0.3,
  maxZoom: 1.5,
  proOptions: { hideAttribution: true },
};

/** Until a panel has taken its room. */
const SETTLED_MS = 60;

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
  const { definition, panel, test } = useBuilder();
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
    const later = setTimeout(() => opened !== undefined && reveal(opened), SETTLED_MS);
    return () => clearTimeout(later);
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
        edges={edgesOf(graph, spots, takenNodes(test))}
        edgeTypes={edgeTypes}
        nodeTypes={nodeTypes}
        onNodesChange={measure}
        {...still}
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
    return {
      id: node.id,
      type: node.kind,
      position: { x, y },
      data: node,
      style: clickable,
      ...(size && { measured: size }),
    };
  });
}

/** Lines bend in the small room between two rows. */
const BEND = 8;
const straight = { offset: 4, borderRadius: BEND };

function edgesOf(
  { edges }: CanvasGraph,
  spots: ReturnType<typeof useLayout>["spots"],
  taken: ReadonlySet<string>,
) {
  const jumps = edges.filter(({ jump }) => jump);
  return edges.map((edge) => {
    const { id, from, to, jump } = edge;
    const common = { id, source: from, target: to, focusable: false };
    if (!jump) {
      const className = taken.has(from) && taken.has(to) ? classes["taken"] : "";
      const handles = { sourceHandle: "out", targetHandle: "in" };
      return {
        ...common,
        ...handles,
        type: "smoothstep",
        pathOptions: straight,
        className: className ?? "",
      };
    }
    const corners = jumpRoute(spots, { from, to, place: jumps.indexOf(edge) });
    const handles = { sourceHandle: "jump", targetHandle: "jump" };
    const data = { path: roundedPath(corners, BEND) };
    return { ...common, ...handles, type: "jump", data, className: classes["jump"] ?? "" };
  });
}

/** What the contact of a test passes. */
function takenNodes(test: TestRun | null): ReadonlySet<string> {
  const passed = test?.reply.path ?? [];
  const nodes = passed.flatMap(({ step, way }) => {
    const after = wayNode({ step, key: way });
    return [stepNode(step), after, `end-${after}`];
  });
  return new Set(test === null ? [] : [TRIGGER, wayNode({ step: null, key: "next" }), ...nodes]);
}
