import { Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import type { View } from "./index-queries.ts";
import { type IndexState, viewName } from "./use-index-state.ts";
import { useViewChange } from "./use-view-change.ts";

interface ViewDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly state: IndexState;
  readonly title: string;
  /** What it is called at first. */
  readonly name: string;
  /** The view to rename; without it what is on screen is saved as a new one. */
  readonly view?: View;
}

/** Names a view, and says who sees it. */
export function ViewDialog(props: ViewDialogProps) {
  const { opened, onClose, title } = props;
  const { t } = useTranslation("contacts-index");
  const [name, setName] = useState(props.name);
  const [shared, setShared] = useState(props.view?.shared ?? true);
  const save = useSave(props);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={title}
      verb={t("save")}
      busy={save.isPending}
      error={save.error}
      blocked={name.trim() === ""}
      onConfirm={() => save.mutate({ name: name.trim(), shared })}
    >
      <TextInput
        label={t("viewName")}
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label={t("whoSees")}
        value={shared ? "shared" : "private"}
        onChange={(value) => setShared(value === "shared")}
      >
        <Radio value="shared" label={t("shared")} mt="xs" />
        <Radio value="private" label={t("private")} mt="xs" disabled={props.view?.mine === false} />
      </Radio.Group>
    </ConfirmDialog>
  );
}

function useSave({ state, view, onClose }: ViewDialogProps) {
  const { filter, columns, sort } = state;
  return useViewChange(
    (input: { name: string; shared: boolean }) =>
      view
        ? call("PATCH /api/views/:viewId", { viewId: view.id, ...input })
        : call("POST /api/views", { ...input, filter, sort, columns: [...columns] }),
    (saved) => {
      onClose();
      if (!view) state.open(viewName(saved));
    },
  );
}
