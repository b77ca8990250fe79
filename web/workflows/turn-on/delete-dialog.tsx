import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { useWorkflowChange, workflowQuery } from "../workflow-query.ts";
import type { WorkflowDialogProps } from "./dialog-props.ts";
import { inside } from "./inside.ts";

/** Those inside leave; what the workflow did stays. */
export function DeleteDialog({ workflow: row, onClose }: WorkflowDialogProps) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const onward = useOnward();
  const { pathname } = useLocation();
  // People come and go meanwhile: the number is asked for again.
  const { data: workflow = row } = useQuery({ ...workflowQuery(row.id), staleTime: 0 });
  const { id: workflowId, name, state } = workflow;
  const count = inside(workflow);
  const remove = useWorkflowChange(() => call("DELETE /api/workflows/:workflowId", { workflowId }), {
    done: () => ({ title: t("delete.done", { name }) }),
    onDone: () => {
      onClose();
      if (pathname !== "/workflows") void onward({ to: "/workflows" });
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("delete.title")}
      subtitle={name}
      verb={t("menu.delete")}
      destructive
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined)}
    >
      {state === "on" && <p>{t("delete.on")}</p>}
      <p>{count === 0 ? t("delete.nobody") : t("delete.inside", { count, number: format.number(count) })}</p>
      <Note>{t("delete.stays")}</Note>
    </ConfirmDialog>
  );
}
