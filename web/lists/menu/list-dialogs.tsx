import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { NameDialog } from "../../ui/name-dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { FolderSelect } from "../folders/folder-select.tsx";
import { type ListRow, useListChange } from "../list-queries.ts";

export interface ListDialogProps {
  readonly list: ListRow;
  readonly onClose: () => void;
}

export function RenameDialog({ list, onClose }: ListDialogProps) {
  const { t } = useTranslation("lists");
  const rename = useListChange(
    (name: string) => call("PATCH /api/lists/:listId", { listId: list.id, name }),
    { done: (saved) => ({ title: t("saved", { name: saved.name }) }), onDone: onClose },
  );
  return (
    <NameDialog
      title={t("menu.rename")}
      verb={t("save")}
      label={t("name")}
      name={list.name}
      change={rename}
      onClose={onClose}
    />
  );
}

export function CopyDialog({ list, onClose }: ListDialogProps) {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const copy = useListChange(
    (name: string) => call("POST /api/lists/:listId/copy", { listId: list.id, name }),
    {
      done: ({ list: made }) => ({
        title: t("copied", { name: made.name }),
        action: {
          label: t("open"),
          onClick: () => void navigate({ to: "/lists/$listId", params: { listId: made.id } }),
        },
      }),
      onDone: ({ operationId }) => {
        if (operationId !== null) followOperation(operationId);
        onClose();
      },
    },
  );
  return (
    <NameDialog
      title={t("copyTitle")}
      subtitle={list.name}
      verb={t("menu.copy")}
      label={t("name")}
      name={t("copyOf", { name: list.name })}
      change={copy}
      onClose={onClose}
    />
  );
}

export function ConvertDialog({ list, onClose }: ListDialogProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const convert = useListChange(() => call("POST /api/lists/:listId/convert", { listId: list.id }), {
    done: ({ name }) => ({ title: t("converted", { name }) }),
    onDone: onClose,
  });
  const { members } = list;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("convertTitle")}
      subtitle={`${list.name} · ${t("membersCount", { count: members, number: format.number(members) })}`}
      verb={t("menu.convert")}
      busy={convert.isPending}
      error={convert.error}
      onConfirm={() => convert.mutate(undefined)}
    >
      <Note>{t("convertText")}</Note>
    </ConfirmDialog>
  );
}

export function MoveDialog({ list, onClose }: ListDialogProps) {
  const { t } = useTranslation("lists");
  const [folder, setFolder] = useState(list.folderId ?? "top");
  const move = useListChange(
    () => call("PATCH /api/lists/:listId", { listId: list.id, folderId: folder === "top" ? null : folder }),
    { done: ({ name }) => ({ title: t("moved", { name }) }), onDone: onClose },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("menu.move")}
      subtitle={list.name}
      verb={t("moveVerb")}
      busy={move.isPending}
      error={move.error}
      blocked={folder === (list.folderId ?? "top")}
      onConfirm={() => move.mutate(undefined)}
    >
      <FolderSelect label={t("folder")} data-autofocus value={folder} onChange={setFolder} />
    </ConfirmDialog>
  );
}
