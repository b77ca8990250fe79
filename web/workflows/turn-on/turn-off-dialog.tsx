import { Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { useWorkflowChange, workflowQuery } from "../workflow-query.ts";
import classes from "../workflows.module.css";
import type { WorkflowDialogProps } from "./dialog-props.ts";
import { inside } from "./inside.ts";

/** Nobody enters any more; those inside wait where they are, or leave. */
export function TurnOffDialog({ workflow: row, onClose }: WorkflowDialogProps) {
  const { t } = useTranslation("workflows");
  const [fate, setFate] = useState<"wait" | "leave">("wait");
  // People come and go meanwhile: the number is asked for again.
  const { data: workflow = row } = useQuery({ ...workflowQuery(row.id), staleTime: 0 });
  const { id: workflowId, name } = workflow;
  const turnOff = useWorkflowChange(
    () => call("POST /api/workflows/:workflowId/turn-off", { workflowId, inside: fate }),
    { done: () => ({ title: t("turnOff.done", { name }) }), onDone: onClose },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("turnOff.title")}
      subtitle={name}
      verb={t("menu.turnOff")}
      busy={turnOff.isPending}
      error={turnOff.error}
      onConfirm={() => turnOff.mutate(undefined)}
    >
      <p>{t("turnOff.text")}</p>
      {inside(workflow) === 0 ? (
        <Note>{t("turnOff.nobody")}</Note>
      ) : (
        <Fate count={inside(workflow)} fate={fate} onChange={setFate} />
      )}
    </ConfirmDialog>
  );
}

interface FateProps {
  readonly count: number;
  readonly fate: "wait" | "leave";
  readonly onChange: (fate: "wait" | "leave") => void;
}

/** What becomes of those who are inside. */
function Fate({ count, fate, onChange }: FateProps) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  return (
    <Radio.Group
      label={t("insideCount", { count, number: format.number(count) })}
      value={fate}
      onChange={(value) => onChange(value === "leave" ? "leave" : "wait")}
    >
      <div className={classes["choices"]}>
        <Radio value="wait" label={t("turnOff.wait")} description={t("turnOff.waitHelp")} />
        <Radio value="leave" label={t("turnOff.leave")} description={t("turnOff.leaveHelp")} />
      </div>
    </Radio.Group>
  );
}
