import { Autocomplete } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { NameDialog, NameField } from "../../ui/name-dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { useWorkflowChange, workflowsQuery } from "../workflow-query.ts";
import classes from "../workflows.module.css";
import type { WorkflowDialogProps } from "./dialog-props.ts";

interface FolderFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly folders: readonly string[];
}

/** A folder there is, or the name of a new one; empty is no folder. */
export function FolderField({ value, onChange, folders }: FolderFieldProps) {
  const { t } = useTranslation("workflows");
  return (
    <Autocomplete
      label={t("folder")}
      placeholder={t("noFolder")}
      maxLength={100}
      data={[...folders]}
      value={value}
      onChange={onChange}
    />
  );
}

export function RenameDialog({ workflow, onClose }: WorkflowDialogProps) {
  const { t } = useTranslation("workflows");
  const { data } = useQuery(workflowsQuery());
  const [name, setName] = useState(workflow.name);
  const [folder, setFolder] = useState(workflow.folder);
  const rename = useWorkflowChange(
    () =>
      call("PATCH /api/workflows/:workflowId", {
        workflowId: workflow.id,
        name: name.trim(),
        folder: folder.trim(),
      }),
    { done: (saved) => ({ title: t("saved", { name: saved.name }) }), onDone: onClose },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("menu.rename")}
      verb={t("save")}
      busy={rename.isPending}
      error={rename.error}
      blocked={name.trim() === ""}
      onConfirm={() => rename.mutate(undefined)}
    >
      <div className={classes["fields"]}>
        <NameField label={t("name")} value={name} onChange={setName} />
        <FolderField value={folder} onChange={setFolder} folders={data?.folders ?? []} />
      </div>
    </ConfirmDialog>
  );
}

export function CloneDialog({ workflow, onClose }: WorkflowDialogProps) {
  const { t } = useTranslation("workflows");
  const onward = useOnward();
  const clone = useWorkflowChange(
    (name: string) => call("POST /api/workflows/:workflowId/clone", { workflowId: workflow.id, name }),
    {
      done: (made) => ({ title: t("cloned", { name: made.name }) }),
      onDone: ({ id }) => {
        onClose();
        void onward({ to: "/workflows/$workflowId", params: { workflowId: id } });
      },
    },
  );
  return (
    <NameDialog
      title={t("clone.title")}
      subtitle={workflow.name}
      verb={t("menu.clone")}
      label={t("name")}
      name={t("copyOf", { name: workflow.name })}
      change={clone}
      onClose={onClose}
    >
      <Note>{t("clone.text")}</Note>
    </NameDialog>
  );
}

/** It acts in the asker's name from now on. */
export function TakeOverDialog({ workflow, onClose }: WorkflowDialogProps) {
  const { t } = useTranslation("workflows");
  const { id: workflowId, name, owner, state, pauseReason } = workflow;
  const goesOn = state === "paused" && pauseReason === "owner_without_right";
  const takeOver = useWorkflowChange(
    () => call("POST /api/workflows/:workflowId/take-over", { workflowId }),
    { done: () => ({ title: t("takeOver.done", { name }) }), onDone: onClose },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("takeOver.title")}
      subtitle={name}
      verb={t("menu.takeOver")}
      busy={takeOver.isPending}
      error={takeOver.error}
      onConfirm={() => takeOver.mutate(undefined)}
    >
      <p>{t("takeOver.text", { owner: owner.name })}</p>
      {goesOn && <Note kind="good">{t("takeOver.goesOn")}</Note>}
    </ConfirmDialog>
  );
}
