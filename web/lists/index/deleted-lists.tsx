import { IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import type { Column } from "../../ui/data-table-props.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { NameField } from "../../ui/name-dialog.tsx";
import { EmptyState, ErrorState, LoadingRows, useErrorText } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import { type ListRow, listsQuery, useListChange } from "../list-queries.ts";
import classes from "../lists.module.css";

/** Lists deleted in the last 90 days, each with the way back. */
export function DeletedLists({ query }: { readonly query: string }) {
  const { t } = useTranslation("lists");
  const lists = useInfiniteQuery(listsQuery({ query, deleted: "true" }));
  const columns = useColumns();
  if (!lists.data)
    return (
      <div className={classes["notice"]}>
        {lists.isError ? (
          <ErrorState error={lists.error} onRetry={() => void lists.refetch()} />
        ) : (
          <LoadingRows />
        )}
      </div>
    );
  const rows = lists.data.pages.flatMap((page) => page.lists);
  if (rows.length === 0)
    return (
      <EmptyState icon={IconTrash} title={t(query === "" ? "nothingDeleted.title" : "nothing.title")}>
        {t(query === "" ? "nothingDeleted.text" : "nothing.text")}
      </EmptyState>
    );
  return (
    <DataTable
      label={t("tab.deleted")}
      rows={rows}
      rowId={({ id }) => id}
      columns={columns}
      hasMore={lists.hasNextPage}
      loadingMore={lists.isFetchingNextPage}
      loadMore={() => void lists.fetchNextPage()}
    />
  );
}

function useColumns(): Column<ListRow>[] {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const date = (instant: string | null) => (instant === null ? "–" : format.date(instant));
  return [
    {
      id: "name",
      header: t("column.name"),
      narrow: "title",
      cell: ({ id, name }) => (
        <Link to="/lists/$listId" params={{ listId: id }} search={{ tab: "overview" }}>
          {name}
        </Link>
      ),
    },
    {
      id: "type",
      header: t("column.type"),
      width: 88,
      narrow: "subtitle",
      cell: ({ type }) => t(`type.${type}`),
    },
    {
      id: "deleted",
      header: t("column.deleted"),
      width: 130,
      align: "end",
      narrow: "badge",
      cell: ({ deletedAt }) => date(deletedAt),
    },
    {
      id: "purged",
      header: t("column.purged"),
      width: 150,
      align: "end",
      cell: ({ purgedAt }) => date(purgedAt),
    },
    {
      id: "restore",
      header: t("column.restore"),
      width: 150,
      narrow: "aside",
      cell: (list) => (
        <span className={classes["above"]}>
          <RestoreList list={list} quiet />
        </span>
      ),
    },
  ];
}

interface RestoreListProps {
  readonly list: ListRow;
  /** Quiet, in a row of many. */
  readonly quiet?: boolean;
}

/** Brings a list back; asks for another name where its own has been taken meanwhile. */
export function RestoreList({ list, quiet = false }: RestoreListProps) {
  const { t } = useTranslation("lists");
  const errorText = useErrorText();
  const [name, setName] = useState<string | null>(null);
  const restore = useListChange(
    (renamed: string | undefined) =>
      call("POST /api/lists/:listId/restore", {
        listId: list.id,
        ...(renamed !== undefined && { name: renamed }),
      }),
    {
      done: (restored) => ({ title: t("restored", { name: restored.name }) }),
      onDone: () => setName(null),
    },
  );
  const start = () =>
    restore.mutate(undefined, {
      onError: (error) => {
        const taken = error instanceof ApiError && error.code === "conflict";
        if (taken) setName(t("copyOf", { name: list.name }));
        else showToast({ title: errorText(error), tone: "bad" });
      },
    });
  return (
    <>
      <GuardedButton
        {...(quiet ? { size: "sm", variant: "default" } : {})}
        permission="lists.edit"
        loading={restore.isPending}
        onClick={start}
      >
        {t("restore")}
      </GuardedButton>
      <ConfirmDialog
        opened={name !== null}
        onClose={() => setName(null)}
        title={t("restoreRenamed")}
        verb={t("restore")}
        busy={restore.isPending}
        error={restore.error}
        blocked={name?.trim() === ""}
        onConfirm={() => restore.mutate(name?.trim())}
      >
        <NameField label={t("name")} value={name ?? ""} onChange={setName} />
      </ConfirmDialog>
    </>
  );
}
