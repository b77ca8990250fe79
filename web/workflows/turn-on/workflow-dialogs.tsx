import { type ReactNode, useState } from "react";
import type { WorkflowRow } from "../workflow-query.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import type { OpenDialog, WorkflowDialog } from "./dialog-props.ts";
import { CloneDialog, RenameDialog, TakeOverDialog } from "./small-dialogs.tsx";
import { TurnOffDialog } from "./turn-off-dialog.tsx";
import { TurnOnDialog } from "./turn-on-dialog.tsx";

interface Opened {
  readonly kind: WorkflowDialog;
  readonly workflow: WorkflowRow;
  readonly after: () => void;
}

/** The dialog that is open about one workflow, and how one is opened. */
export function useWorkflowDialog(): { readonly open: OpenDialog; readonly dialog: ReactNode } {
  const [opened, setOpened] = useState<Opened | null>(null);
  const open: OpenDialog = (kind, workflow, after = returnTo(document.activeElement)) =>
    setOpened({ kind, workflow, after });
  const close = () => {
    opened?.after();
    setOpened(null);
  };
  return { open, dialog: opened && <Dialog {...opened} onClose={close} /> };
}

function returnTo(element: Element | null): () => void {
  return () => void setTimeout(() => element instanceof HTMLElement && element.focus());
}

function Dialog({ kind, workflow, onClose }: Opened & { readonly onClose: () => void }): ReactNode {
  const common = { workflow, onClose };
  if (kind === "turnOn") return <TurnOnDialog {...common} />;
  if (kind === "turnOff") return <TurnOffDialog {...common} />;
  if (kind === "rename") return <RenameDialog {...common} />;
  if (kind === "clone") return <CloneDialog {...common} />;
  if (kind === "takeOver") return <TakeOverDialog {...common} />;
  return <DeleteDialog {...common} />;
}
