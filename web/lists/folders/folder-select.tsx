import { Select, type SelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { foldersQuery } from "../list-queries.ts";
import { folderTree } from "./folder-tree.ts";

interface FolderSelectProps extends Omit<SelectProps, "value" | "onChange" | "data"> {
  /** A folder's id; `top` for none; `all` for whatever folder. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Also offers all folders at once. */
  readonly all?: boolean;
}

/** Chooses a folder; those inside another are written with their way. */
export function FolderSelect({ value, onChange, all = false, ...field }: FolderSelectProps) {
  const { t } = useTranslation("lists");
  const { data } = useQuery(foldersQuery);
  const folders = folderTree(data?.folders ?? []);
  return (
    <Select
      {...(field.label === undefined && { "aria-label": t("folder") })}
      {...field}
      value={value}
      allowDeselect={false}
      searchable={folders.length > 7}
      data={[
        ...(all ? [{ value: "all", label: t("allFolders") }] : []),
        { value: "top", label: t("noFolder") },
        ...folders.map(({ id, path }) => ({ value: id, label: path })),
      ]}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
