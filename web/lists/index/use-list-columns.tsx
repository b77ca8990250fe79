import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import type { Column } from "../../ui/data-table-props.ts";
import { useFormat } from "../../ui/format.ts";
import { folderTree } from "../folders/folder-tree.ts";
import { foldersQuery, type ListRow } from "../list-queries.ts";
import classes from "../lists.module.css";
import { ListMenu } from "../menu/list-menu.tsx";

type ListColumn = Column<ListRow>;

/** The table's columns; at 390 px the four that a list item has room for. */
export function useListColumns(narrow: boolean): ListColumn[] {
  const main = useMainColumns();
  const numbers = useNumberColumns();
  const origin = useOriginColumns();
  const item = useItemColumns();
  return narrow ? item : [...main, ...numbers, ...origin];
}

function NameCell({ list: { id, name, updating, problem } }: { readonly list: ListRow }) {
  const { t } = useTranslation("lists");
  return (
    <span className={classes["nameCell"]}>
      <Link to="/lists/$listId" params={{ listId: id }}>
        {name}
      </Link>
      {problem === null ? (
        updating && <Badge tone="running">{t("updating")}</Badge>
      ) : (
        <Badge tone="bad">{t("problem")}</Badge>
      )}
    </span>
  );
}

function useFolderPath(): (folderId: string | null) => string | undefined {
  const { data } = useQuery(foldersQuery);
  const paths = new Map(folderTree(data?.folders ?? []).map(({ id, path }) => [id, path]));
  return (folderId) => (folderId === null ? undefined : paths.get(folderId));
}

function useMainColumns(): ListColumn[] {
  const { t } = useTranslation("lists");
  return [
    {
      id: "name",
      header: t("column.name"),
      sortable: true,
      cell: (list) => <NameCell list={list} />,
    },
    {
      id: "type",
      header: t("column.type"),
      width: 80,
      sortable: true,
      cell: ({ type }) => t(`type.${type}`),
    },
  ];
}

function useNumberColumns(): ListColumn[] {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const folderPath = useFolderPath();
  return [
    {
      id: "members",
      header: t("column.members"),
      width: 92,
      align: "end",
      sortable: true,
      cell: ({ members }) => format.number(members),
    },
    {
      id: "week",
      header: t("column.week"),
      width: 108,
      align: "end",
      cell: ({ weekChange }) => (weekChange === 0 ? <span aria-hidden>–</span> : format.signed(weekChange)),
    },
    {
      id: "folder",
      header: t("column.folder"),
      width: 124,
      cell: ({ folderId }) => folderPath(folderId) ?? <span aria-hidden>–</span>,
    },
    {
      id: "uses",
      header: t("column.usedBy"),
      width: 112,
      cell: (list) => <UsesCell list={list} />,
    },
  ];
}

function UsesCell({ list: { id, uses } }: { readonly list: ListRow }) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  if (uses === 0) return <span aria-hidden>–</span>;
  return (
    <Link
      to="/lists/$listId"
      params={{ listId: id }}
      search={{ tab: "overview" }}
      className={classes["link"]}
    >
      {t("usedBy", { count: uses, number: format.number(uses) })}
    </Link>
  );
}

function useOriginColumns(): ListColumn[] {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const actor = useActorName();
  return [
    {
      id: "updatedAt",
      header: t("column.changed"),
      width: 108,
      align: "end",
      sortable: true,
      cell: ({ updatedAt }) => format.date(updatedAt),
    },
    { id: "by", header: t("column.by"), width: 100, cell: ({ createdBy }) => actor(createdBy) },
    {
      id: "menu",
      header: t("column.menu"),
      headerHidden: true,
      width: 64,
      align: "end",
      cell: (list) => <ListMenu list={list} />,
    },
  ];
}

function useItemColumns(): ListColumn[] {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const folderPath = useFolderPath();
  const members = ({ members }: ListRow) =>
    t("membersCount", { count: members, number: format.number(members) });
  return [
    { id: "name", header: t("column.name"), narrow: "title", cell: (list) => <NameCell list={list} /> },
    {
      id: "members",
      header: t("column.members"),
      narrow: "subtitle",
      cell: (list) => [members(list), folderPath(list.folderId)].filter(Boolean).join(" · "),
    },
    { id: "type", header: t("column.type"), narrow: "badge", cell: ({ type }) => t(`type.${type}`) },
    {
      id: "menu",
      header: t("column.menu"),
      narrow: "aside",
      cell: (list) => (
        <span className={classes["above"]}>
          <ListMenu list={list} />
        </span>
      ),
    },
  ];
}

/** Who did it: a name, or in words. */
export function useActorName(): (actor: ListRow["createdBy"]) => string {
  const { t } = useTranslation("imports");
  return ({ name, type }) => name ?? t(`actor.${type}`);
}
