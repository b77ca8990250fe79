import { Menu } from "@mantine/core";
import {
  IconBan,
  IconDownload,
  IconMail,
  IconPencil,
  IconSpeakerphone,
  IconTrash,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Permission } from "../../../contract/permissions.ts";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import classes from "./contacts-index.module.css";
import { useExport } from "./use-export.ts";
import type { Chosen } from "./use-selection.ts";

export type BulkAct = "marketing" | "non_marketing" | "edit" | "opt_out" | "delete";

interface BulkMenuProps {
  readonly onAct: (act: BulkAct) => void;
  readonly narrow: boolean;
  readonly chosen: Chosen;
  readonly columns: readonly string[];
}

/** More: changes of status first. */
export function BulkMenu({ onAct, narrow, chosen, columns }: BulkMenuProps) {
  const { t } = useTranslation("contacts-index");
  const download = useExport();
  return (
    <Menu.Dropdown>
      <Item
        permission="marketing-contacts.edit"
        picture={IconSpeakerphone}
        onClick={() => onAct("marketing")}
      >
        {t("setMarketing")}
      </Item>
      <Item permission="marketing-contacts.edit" picture={IconBan} onClick={() => onAct("non_marketing")}>
        {t("setNonMarketingContacts")}
      </Item>
      <Menu.Divider />
      {narrow && (
        <Item permission="contacts.edit" picture={IconPencil} onClick={() => onAct("edit")}>
          {t("editProperty")}
        </Item>
      )}
      <Item permission="contacts.edit" picture={IconMail} onClick={() => onAct("opt_out")}>
        {t("optOut")}
      </Item>
      <Item
        permission="contacts.export"
        picture={IconDownload}
        onClick={() => download.mutate({ selection: chosen.selection, columns })}
      >
        {t("exportCsv")}
      </Item>
      <Menu.Divider />
      <Item permission="contacts.delete" picture={IconTrash} onClick={() => onAct("delete")}>
        {t("delete")}
      </Item>
    </Menu.Dropdown>
  );
}

interface ItemProps {
  readonly permission: Permission;
  readonly picture: ComponentType<typeof icon>;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** Without the permission it stays, disabled, and says who can grant it. */
function Item({ permission, picture: Picture, onClick, children }: ItemProps) {
  const { can } = useMe();
  if (can(permission)) {
    return (
      <Menu.Item leftSection={<Picture {...icon} />} onClick={onClick}>
        {children}
      </Menu.Item>
    );
  }
  return (
    <div className={classes["blockedItem"]} role="menuitem" aria-disabled tabIndex={-1}>
      <Picture {...icon} />
      <div>
        {children}
        <small>
          <MissingPermission permission={permission} />
        </small>
      </div>
    </div>
  );
}
