import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { NameField } from "../../ui/name-dialog.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { TemplateChoice, type TemplateName } from "../index/template-cards.tsx";
import { useWorkflowChange } from "../workflow-query.ts";
import classes from "../workflows.module.css";
import { FolderField } from "./small-dialogs.tsx";

interface NewWorkflowDialogProps {
  readonly template: TemplateName;
  readonly folders: readonly string[];
  readonly onClose: () => void;
}

/** A draft from a template; nothing runs before it is turned on. */
export function NewWorkflowDialog({ template: first, folders, onClose }: NewWorkflowDialogProps) {
  const { t } = useTranslation("workflows");
  const onward = useOnward();
  const [template, setTemplate] = useState(first);
  const [typed, setName] = useState<string | null>(null);
  const [folder, setFolder] = useState("");
  const name = typed ?? t(`template.${template}.name`);
  const create = useWorkflowChange(
    () => call("POST /api/workflows", { name: name.trim(), folder: folder.trim(), template }),
    {
      onDone: ({ id }) => {
        onClose();
        void onward({ to: "/workflows/$workflowId", params: { workflowId: id } });
      },
    },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("new.title")}
      subtitle={t("new.text")}
      verb={t("create")}
      busy={create.isPending}
      error={create.error}
      blocked={name.trim() === ""}
      onConfirm={() => create.mutate(undefined)}
    >
      <div className={classes["fields"]}>
        <TemplateChoice value={template} onChange={setTemplate} />
        <div className={classes["pair"]}>
          <NameField label={t("name")} value={name} onChange={setName} />
          <FolderField value={folder} onChange={setFolder} folders={folders} />
        </div>
      </div>
    </ConfirmDialog>
  );
}
