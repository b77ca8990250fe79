import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArrowRight,
  IconChevronDown,
  IconCopy,
  IconDots,
  IconDownload,
  IconEdit,
  IconFolder,
  IconPencil,
  IconSnowflake,
  IconTrash,
} from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useExport } from "../../contacts/index/use-export.ts";
import { startColumns } from "../../contacts/index/use-index-state.ts";
import { everybody } from "../../filters/filter-field.ts";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { GuardedItem } from "../../ui/guarded-item.tsx";
import { icon } from "../../ui/icons.ts";
import { useReturnFocus } from "../../ui/return-focus.ts";
import { also, inList } from "../list-condition.ts";
import type { ListRow } from "../list-queries.ts";
import { DeleteListDialog } from "./delete-list-dialog.tsx";
import { ConvertDialog, CopyDialog, MoveDialog, RenameDialog } from "./list-dialogs.tsx";

interface ListMenuProps {
  readonly list: ListRow;
  /** On the list's own page, where it is a button with a word. */
  readonly onPage?: boolean;
}

type Dialog = "rename" | "copy" | "convert" | "move" | "delete";

/** What can be done with a list as a whole. */
export function ListMenu({ list, onPage = false }: ListMenuProps) {
  const { t } = useTranslation("lists");
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { button, giveBack } = useReturnFocus();
  const close = () => {
    setDialog(null);
    giveBack();
  };
  return (
    <>
      <Menu position="bottom-end" width={260} withinPortal>
        <Menu.Target>
          {onPage ? (
            <Button ref={button} variant="default" rightSection={<IconChevronDown {...icon} />}>
              {t("menu.button")}
            </Button>
          ) : (
            <ActionIcon ref={button} variant="subtle" aria-label={t("menu.label", { name: list.name })}>
              <IconDots {...icon} />
            </ActionIcon>
          )}
        </Menu.Target>
        <Items list={list} onPage={onPage} onDialog={setDialog} />
      </Menu>
      {dialog !== null && <Dialogs list={list} dialog={dialog} onClose={close} onPage={onPage} />}
    </>
  );
}

interface ItemsProps {
  readonly list: ListRow;
  readonly onPage: boolean;
  readonly onDialog: (dialog: Dialog) => void;
}

function Items({ list, onPage, onDialog }: ItemsProps) {
  const { t } = useTranslation("lists");
  const { can } = useMe();
  const download = useExport();
  const { id, type } = list;
  const selection = { filter: also(inList(id), everybody), query: "" };
  const allowed = can("lists.edit");
  const item = (dialog: Dialog, picture: typeof IconPencil) => (
    <EditItem picture={picture} allowed={allowed} onClick={() => onDialog(dialog)}>
      {t(`menu.${dialog}`)}
    </EditItem>
  );
  return (
    <Menu.Dropdown>
      {!onPage && <OpenItems listId={id} active={type === "active"} />}
      {item("rename", IconPencil)}
      {item("copy", IconCopy)}
      {type === "active" && item("convert", IconSnowflake)}
      {item("move", IconFolder)}
      <GuardedItem
        permission="contacts.export"
        picture={IconDownload}
        onClick={() => download.mutate({ selection, columns: startColumns })}
      >
        {t("menu.export")}
      </GuardedItem>
      <Menu.Divider />
      {item("delete", IconTrash)}
      {!allowed && (
        <Menu.Label>
          <MissingPermission permission="lists.edit" />
        </Menu.Label>
      )}
    </Menu.Dropdown>
  );
}

interface EditItemProps {
  readonly picture: typeof IconPencil;
  readonly allowed: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

/** Stays in sight where it may not be used; the menu says once why. */
function EditItem({ picture: Picture, allowed, onClick, children }: EditItemProps) {
  return (
    <Menu.Item disabled={!allowed} leftSection={<Picture {...icon} />} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}

function OpenItems({ listId, active }: { readonly listId: string; readonly active: boolean }) {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const { can } = useMe();
  return (
    <>
      <Menu.Item
        leftSection={<IconArrowRight {...icon} />}
        renderRoot={(props) => <Link to="/lists/$listId" params={{ listId }} {...props} />}
      >
        {t("menu.open")}
      </Menu.Item>
      {active && (
        <EditItem
          picture={IconEdit}
          allowed={can("lists.edit")}
          onClick={() => void navigate({ to: "/lists/$listId/edit", params: { listId } })}
        >
          {t("menu.edit")}
        </EditItem>
      )}
      <Menu.Divider />
    </>
  );
}

interface DialogsProps extends ListMenuProps {
  readonly dialog: Dialog;
  readonly onClose: () => void;
}

function Dialogs({ list, dialog, onClose, onPage = false }: DialogsProps) {
  const common = { list, onClose };
  if (dialog === "rename") return <RenameDialog {...common} />;
  if (dialog === "copy") return <CopyDialog {...common} />;
  if (dialog === "convert") return <ConvertDialog {...common} />;
  if (dialog === "move") return <MoveDialog {...common} />;
  return <DeleteListDialog {...common} leave={onPage} />;
}
