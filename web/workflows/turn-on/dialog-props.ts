import type { WorkflowRow } from "../workflow-query.ts";

export type WorkflowDialog = "turnOn" | "turnOff" | "rename" | "clone" | "takeOver" | "delete";

/** Opens a dialog about a workflow; `after` gives the focus back to where it was opened. */
export type OpenDialog = (kind: WorkflowDialog, workflow: WorkflowRow, after?: () => void) => void;

export interface WorkflowDialogProps {
  readonly workflow: WorkflowRow;
  readonly onClose: () => void;
}
