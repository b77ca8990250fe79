import { Menu } from "@mantine/core";
import {
  IconBan,
  IconDownload,
  IconListDetails,
  IconMail,
  IconPencil,
  IconPlaylistX,
  IconRoute,
  IconSpeakerphone,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { GuardedItem } from "../../ui/guarded-item.tsx";
import { useExport } from "./use-export.ts";
import type { ShownList } from "./use-index-state.ts";
import type { Chosen } from "./use-selection.ts";

export type BulkAct =
  | "add_to_list"
  | "remove_from_list"
  | "marketing"
  | "non_marketing"
  | "edit"
  | "enroll"
  | "opt_out"
  | "delete";

interface BulkMenuProps {
  readonly onAct: (act: BulkAct) => void;
  readonly narrow: boolean;
  readonly chosen: Chosen;
  readonly columns: readonly string[];
  readonly list: ShownList | undefined;
}

/** More: changes of status first. */
export function BulkMenu({ onAct, narrow, chosen, columns, list }: BulkMenuProps) {
  const { t } = useTranslation("contacts-index");
  const download = useExport();
  return (
    <Menu.Dropdown>
      <GuardedItem
        permission="marketing-contacts.edit"
        picture={IconSpeakerphone}
        onClick={() => onAct("marketing")}
      >
        {t("setMarketing")}
      </GuardedItem>
      <GuardedItem
        permission="marketing-contacts.edit"
        picture={IconBan}
        onClick={() => onAct("non_marketing")}
      >
        {t("setNonMarketingContacts")}
      </GuardedItem>
      <Menu.Divider />
      {narrow && (
        <GuardedItem permission="contacts.edit" picture={IconPencil} onClick={() => onAct("edit")}>
          {t("editProperty")}
        </GuardedItem>
      )}
      <ListItems onAct={onAct} narrow={narrow} list={list} />
      <GuardedItem permission="workflows.edit" picture={IconRoute} onClick={() => onAct("enroll")}>
        {t("enroll")}
      </GuardedItem>
      <GuardedItem permission="contacts.edit" picture={IconMail} onClick={() => onAct("opt_out")}>
        {t("optOut")}
      </GuardedItem>
      <GuardedItem
        permission="contacts.export"
        picture={IconDownload}
        onClick={() => download.mutate({ selection: chosen.selection, columns })}
      >
        {t("exportCsv")}
      </GuardedItem>
      <Menu.Divider />
      <GuardedItem permission="contacts.delete" picture={IconTrash} onClick={() => onAct("delete")}>
        {t("delete")}
      </GuardedItem>
    </Menu.Dropdown>
  );
}

/** Adding has a button of its own where there is room; only a static list's members are removed by hand. */
function ListItems({ onAct, narrow, list }: Pick<BulkMenuProps, "onAct" | "narrow" | "list">) {
  const { t } = useTranslation("lists");
  return (
    <>
      {narrow && (
        <GuardedItem permission="lists.edit" picture={IconListDetails} onClick={() => onAct("add_to_list")}>
          {t("add.menu")}
        </GuardedItem>
      )}
      {list?.type === "static" && (
        <GuardedItem
          permission="lists.edit"
          picture={IconPlaylistX}
          onClick={() => onAct("remove_from_list")}
        >
          {t("remove.menu")}
        </GuardedItem>
      )}
    </>
  );
}
