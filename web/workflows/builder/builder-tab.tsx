import { useHotkeys } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { LoadingRows } from "../../ui/states.tsx";
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
const Canvas = lazy(async () => ({ default: (await import("./canvas/canvas.tsx")).Canvas }));

/** Where a workflow is built: what brings contacts in, and what happens to them. */
export function BuilderTab({ workflow }: { readonly workflow: Workflow }) {
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
            {shown === "list" ? (
              <OutlineView />
            ) : (
              <Suspense fallback={<LoadingRows />}>
                <Canvas />
              </Suspense>
            )}
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
