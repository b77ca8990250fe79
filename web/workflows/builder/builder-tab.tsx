import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { LoadingRows } from "../../ui/states.tsx";
import { useUnsaved } from "../unsaved-drafts.ts";
import { useBuilderView } from "../use-builder-view.ts";
import type { Workflow } from "../workflow-query.ts";
import classes from "./builder.module.css";
import { OutlineView } from "./outline/outline-view.tsx";
import { BuilderPanel } from "./panel/builder-panel.tsx";
import { PriceStrip } from "./price-strip.tsx";
import { SaveTrouble } from "./save-trouble.tsx";
import { type Builder, BuilderContext } from "./state/builder-context.ts";
import { useBuilderState } from "./state/use-builder-state.ts";
import { Toolbar } from "./toolbar.tsx";

// The canvas and what lays it out are large, and the list needs neither.
const Canvas = lazyPart(async () => (await import("./canvas/canvas.tsx")).Canvas, <LoadingRows />);

interface BuilderTabProps {
  readonly workflow: Workflow;
}

/** What was edited before it was left may still be on its way: who comes back so soon goes on from that. */
export function BuilderTab({ workflow }: BuilderTabProps) {
  const unsaved = useUnsaved(workflow.id);
  const [ready, setReady] = useState(unsaved !== "saving");
  if (!ready && unsaved !== "saving") setReady(true);
  return ready ? <BuilderOf workflow={workflow} /> : <LoadingRows />;
}

/** Where a workflow is built: what brings contacts in, and what happens to them. */
function BuilderOf({ workflow }: BuilderTabProps) {
  const builder = useBuilderState(workflow);
  useHistoryKeys(builder);
  const { shown } = useBuilderView();
  return (
    <BuilderContext value={builder}>
      <div className={classes["builder"]}>
        <Toolbar view={shown} />
        <SaveTrouble />
        <div className={classes["main"]}>
          <div className={classes["stage"]}>
            {shown === "list" ? <OutlineView /> : <Canvas />}
            <PriceStrip />
          </div>
          <BuilderPanel />
        </div>
      </div>
    </BuilderContext>
  );
}

/**
 * Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), wherever the focus is: it is nowhere after a click on the canvas, or
 * while a step that had it goes. In a field they are the field's own, and a dialog has nothing to undo.
 */
function useHistoryKeys({ undo, redo }: Builder): void {
  useHotkeys([
    ["mod+Z", unlessDialog(undo)],
    ["mod+Shift+Z", unlessDialog(redo)],
    ["mod+Y", unlessDialog(redo)],
  ]);
}

const unlessDialog = (act: (() => void) | null) => (event: KeyboardEvent) => {
  if (!(event.target as HTMLElement).closest("[role='dialog']")) act?.();
};
