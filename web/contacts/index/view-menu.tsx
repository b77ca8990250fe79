import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowLeft,
  IconArrowRight,
  IconCopy,
  IconDots,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { icon } from "../../ui/icons.ts";
import { useReturnFocus } from "../../ui/return-focus.ts";
import type { View } from "./index-queries.ts";
import { type IndexState, viewName } from "./use-index-state.ts";
import { useViewChange } from "./use-view-change.ts";
import { useViewLabel } from "./use-view-label.ts";
import { ViewDialog } from "./view-dialog.tsx";

interface ViewMenuProps {
  readonly state: IndexState;
  readonly view: View;
}

/** What can be done with the open view itself. */
export function ViewMenu({ state, view }: ViewMenuProps) {
  const { t } = useTranslation("contacts-index");
  const label = useViewLabel()(view);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { button, giveBack } = useReturnFocus();
  const close = () => {
    setDialog(null);
    giveBack();
  };
  return (
    <>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <ActionIcon ref={button} variant="subtle" aria-label={t("viewMenu", { name: label })}>
            <IconDots {...icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={!view.editable}
            leftSection={<IconPencil {...icon} />}
            onClick={() => setDialog("rename")}
          >
            {t("renameView")}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => setDialog("copy")}>
            {t("copyView")}
          </Menu.Item>
          <Moves state={state} view={view} />
          <Menu.Divider />
          <Menu.Item
            disabled={!view.editable}
            leftSection={<IconTrash {...icon} />}
            onClick={() => setDialog("delete")}
          >
            {t("deleteView")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog !== null && <Dialogs dialog={dialog} onClose={close} state={state} view={view} />}
    </>
  );
}

type Dialog = "rename" | "copy" | "delete";

interface DialogsProps extends ViewMenuProps {
  readonly dialog: Dialog;
  readonly onClose: () => void;
}

function Dialogs({ dialog, onClose, state, view }: DialogsProps) {
  const { t } = useTranslation("contacts-index");
  const name = useViewLabel()(view);
  if (dialog === "delete") return <DeleteView onClose={onClose} state={state} view={view} />;
  const common = { opened: true, onClose, state };
  return dialog === "rename" ? (
    <ViewDialog {...common} view={view} title={t("renameView")} name={name} />
  ) : (
    <ViewDialog {...common} title={t("copyView")} name={t("copyOf", { name })} />
  );
}

function Moves({ state: { views }, view }: ViewMenuProps) {
  const { t } = useTranslation("contacts-index");
  const { can } = useMe();
  const order = useViewChange((viewIds: string[]) => call("POST /api/views/order", { viewIds }));
  const place = views.findIndex(({ id }) => id === view.id);
  const move = (step: number) => {
    const ids = views.map(({ id }) => id);
    ids.splice(place + step, 0, ...ids.splice(place, 1));
    order.mutate(ids);
  };
  const fixed = !can("contacts.edit");
  return (
    <>
      <Menu.Item
        disabled={fixed || place === 0}
        leftSection={<IconArrowLeft {...icon} />}
        onClick={() => move(-1)}
      >
        {t("moveLeft")}
      </Menu.Item>
      <Menu.Item
        disabled={fixed || place === views.length - 1}
        leftSection={<IconArrowRight {...icon} />}
        onClick={() => move(1)}
      >
        {t("moveRight")}
      </Menu.Item>
    </>
  );
}

function DeleteView({ state, view, onClose }: ViewMenuProps & { readonly onClose: () => void }) {
  const { t } = useTranslation("contacts-index");
  const label = useViewLabel()(view);
  const next = state.views.find(({ id }) => id !== view.id);
  const remove = useViewChange(
    (viewId: string) => call("DELETE /api/views/:viewId", { viewId }),
    () => {
      onClose();
      state.open(next ? viewName(next) : "all");
    },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("deleteView")}
      verb={t("deleteView")}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(view.id)}
    >
      <p>{t(view.shared ? "deleteSharedView" : "deleteOwnView", { name: label })}</p>
    </ConfirmDialog>
  );
}
