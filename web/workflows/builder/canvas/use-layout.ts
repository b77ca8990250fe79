import type { NodeChange } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";
import type { CanvasGraph, CanvasNode } from "../edits/canvas-graph.ts";
import { layOut, type Size, type Spot } from "../edits/layout.ts";

/** Before something is measured. */
const guesses: Record<CanvasNode["kind"], Size> = {
  trigger: { width: 288, height: 96 },
  step: { width: 288, height: 84 },
  way: { width: 28, height: 28 },
  end: { width: 120, height: 36 },
};

interface Layout {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly sizes: ReadonlyMap<string, Size>;
  /** What the canvas has measured. */
  readonly measure: (changes: readonly NodeChange[]) => void;
}

/** Lays the canvas out by what its cards really measure, again whenever one of them grows. */
export function useLayout(graph: CanvasGraph): Layout {
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const measure = useCallback((changes: readonly NodeChange[]) => {
    const measured = changes.flatMap((change) =>
      change.type === "dimensions" && change.dimensions ? [[change.id, change.dimensions] as const] : [],
    );
    if (measured.length > 0) setSizes((before) => new Map([...before, ...measured]));
  }, []);
  const spots = useMemo(() => {
    const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, kind]));
    return layOut(graph, (id) => sizes.get(id) ?? guesses[kinds.get(id) ?? "step"]);
  }, [graph, sizes]);
  return { spots, sizes, measure };
}
