import { findStep } from "../edits/definition.ts";
import { useBuilder } from "../state/builder-context.ts";
import { AddPanel } from "./add-panel.tsx";
import { MovePanel } from "./move-panel.tsx";
import { RemovePanel } from "./remove-panel.tsx";
import { SettingsPanel } from "./settings-panel.tsx";
import { StepPanel } from "./step-panel.tsx";
import { TestPanel } from "./test-panel.tsx";
import { TriggerPanel } from "./trigger-panel.tsx";

/** The settings of what is chosen, or the question that comes next. */
export function BuilderPanel() {
  const { panel, definition, round } = useBuilder();
  if (panel === null) return null;
  if (panel.kind === "trigger") return <TriggerPanel key={round} />;
  if (panel.kind === "settings") return <SettingsPanel key={round} />;
  if (panel.kind === "add") return <AddPanel place={panel.place} />;
  if (panel.kind === "test") return <TestPanel />;
  const step = findStep(definition, panel.id);
  if (!step) return null;
  if (panel.kind === "move") return <MovePanel step={step} scope={panel.scope} />;
  if (panel.kind === "remove") return <RemovePanel step={step} />;
  return <StepPanel key={`${panel.id} ${round}`} step={step} />;
}
