import { ActionIcon, Button, TextInput, Tooltip } from "@mantine/core";
import { IconFolder, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { FormError, LoadingRows } from "../../ui/states.tsx";
import { foldersQuery, useListChange } from "../list-queries.ts";
import classes from "../lists.module.css";
import { FolderSelect } from "./folder-select.tsx";
import { folderTree, type PlacedFolder } from "./folder-tree.ts";

interface FoldersPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The account's folders: make, rename, delete. */
export function FoldersPanel({ opened, onClose }: FoldersPanelProps) {
  const { t } = useTranslation("lists");
  return (
    <SidePanel
      opened={opened}
      onClose={onClose}
      title={t("folders")}
      footer={<Button onClick={onClose}>{t("filters:done")}</Button>}
    >
      {opened && <Folders />}
    </SidePanel>
  );
}

function Folders() {
  const { t } = useTranslation("lists");
  const { data } = useQuery(foldersQuery);
  const { can } = useMe();
  if (!data) return <LoadingRows />;
  return (
    <>
      {data.folders.length === 0 ? (
        <p className={classes["dimmed"]}>{t("noFolders")}</p>
      ) : (
        <ul className={classes["folders"]}>
          {folderTree(data.folders).map((folder) => (
            <FolderRow key={folder.id} folder={folder} editable={can("lists.edit")} />
          ))}
        </ul>
      )}
      <NewFolder />
    </>
  );
}

interface FolderRowProps {
  readonly folder: PlacedFolder;
  readonly editable: boolean;
}

function FolderRow({ folder, editable }: FolderRowProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const [doing, setDoing] = useState<"rename" | "delete" | null>(null);
  const { name, depth, lists } = folder;
  const stop = () => setDoing(null);
  return (
    <li style={{ paddingInlineStart: depth * 20 }}>
      <div className={classes["folderRow"]}>
        <IconFolder {...icon} />
        <span className={classes["folderName"]}>
          {name}
          <small>{t("counted", { count: lists, number: format.number(lists) })}</small>
        </span>
        {editable && (
          <>
            <Act
              label={t("renameFolder")}
              name={name}
              picture={IconPencil}
              onClick={() => setDoing("rename")}
            />
            <Act
              label={t("deleteFolder")}
              name={name}
              picture={IconTrash}
              onClick={() => setDoing("delete")}
            />
          </>
        )}
      </div>
      {doing === "rename" && <RenameFolder folder={folder} onClose={stop} />}
      {doing === "delete" && <DeleteFolder folder={folder} onClose={stop} />}
    </li>
  );
}

interface ActProps {
  readonly label: string;
  readonly name: string;
  readonly picture: ComponentType<typeof icon>;
  readonly onClick: () => void;
}

function Act({ label, name, picture: Picture, onClick }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" aria-label={`${label}: ${name}`} onClick={onClick}>
        <Picture {...icon} />
      </ActionIcon>
    </Tooltip>
  );
}

interface InlineProps {
  readonly folder: PlacedFolder;
  readonly onClose: () => void;
}

function RenameFolder({ folder, onClose }: InlineProps) {
  const { t } = useTranslation("lists");
  const [name, setName] = useState(folder.name);
  const rename = useListChange(
    () => call("PATCH /api/list-folders/:folderId", { folderId: folder.id, name: name.trim() }),
    { onDone: onClose },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") rename.mutate(undefined);
  };
  return (
    <form className={classes["inline"]} onSubmit={submit}>
      <TextInput
        aria-label={t("folderName")}
        autoFocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <FormError error={rename.error} />
      <InlineButtons verb={t("save")} busy={rename.isPending} onClose={onClose} />
    </form>
  );
}

/** Lists are kept, so it is asked in place. */
function DeleteFolder({ folder, onClose }: InlineProps) {
  const { t } = useTranslation("lists");
  const remove = useListChange(() => call("DELETE /api/list-folders/:folderId", { folderId: folder.id }), {
    onDone: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate(undefined);
  };
  return (
    <form className={classes["inline"]} onSubmit={submit}>
      <p>{t("deleteFolderText")}</p>
      <FormError error={remove.error} />
      <InlineButtons verb={t("deleteFolder")} busy={remove.isPending} onClose={onClose} />
    </form>
  );
}

interface InlineButtonsProps {
  readonly verb: string;
  readonly busy: boolean;
  readonly onClose: () => void;
}

function InlineButtons({ verb, busy, onClose }: InlineButtonsProps) {
  const { t } = useTranslation("ui");
  return (
    <div className={classes["inlineButtons"]}>
      <Button type="submit" size="sm" loading={busy}>
        {verb}
      </Button>
      <Button size="sm" variant="default" onClick={onClose}>
        {t("cancel")}
      </Button>
    </div>
  );
}

function NewFolder() {
  const { t } = useTranslation("lists");
  const [name, setName] = useState("");
  const [parent, setParent] = useState("top");
  const create = useListChange(
    (made: string) =>
      call("POST /api/list-folders", { name: made.trim(), parentId: parent === "top" ? null : parent }),
    { onDone: (_, made) => setName((typed) => (typed === made ? "" : typed)) },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") create.mutate(name);
  };
  return (
    <form className={classes["newFolder"]} onSubmit={submit}>
      <TextInput
        label={t("newFolder")}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <FolderSelect label={t("parentFolder")} value={parent} onChange={setParent} />
      <FormError error={create.error} />
      <GuardedButton
        permission="lists.edit"
        variant="default"
        leftSection={<IconPlus {...icon} />}
        disabled={name.trim() === ""}
        loading={create.isPending}
        onClick={() => name.trim() !== "" && create.mutate(name)}
      >
        {t("newFolder")}
      </GuardedButton>
    </form>
  );
}
