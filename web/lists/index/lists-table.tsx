import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconFilterOff, IconFolderOpen, IconList } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import { listsQuery } from "../list-queries.ts";
import type { ListsSearch } from "../list-search.ts";
import classes from "../lists.module.css";
import { CreateListButton } from "./create-list-button.tsx";
import { useListColumns } from "./use-list-columns.tsx";

interface ListsTableProps {
  readonly search: ListsSearch;
  readonly change: (part: ListsSearch) => void;
}

const sortable = ["name", "type", "members", "updatedAt", "membersChangedAt"] as const;
type Sorted = (typeof sortable)[number];

export function ListsTable({ search, change }: ListsTableProps) {
  const { t } = useTranslation("lists");
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  const columns = useListColumns(narrow ?? false);
  const { by, descending } = readSort(search.sort);
  const lists = useInfiniteQuery(
    listsQuery({
      query: search.query ?? "",
      ...(search.folder !== undefined && { folderId: search.folder }),
      sort: by,
      direction: descending ? "desc" : "asc",
    }),
  );
  if (!lists.data)
    return (
      <div className={classes["notice"]}>
        {lists.isError ? (
          <ErrorState error={lists.error} onRetry={() => void lists.refetch()} />
        ) : (
          <LoadingRows rows={8} />
        )}
      </div>
    );
  const rows = lists.data.pages.flatMap((page) => page.lists);
  if (rows.length === 0) return <Nothing search={search} change={change} />;
  return (
    <DataTable
      label={t("title")}
      rows={rows}
      rowId={({ id }) => id}
      columns={columns}
      sort={{ by, descending }}
      onSort={(sort) => change({ sort: `${sort.descending ? "-" : ""}${sort.by}` })}
      total={lists.data.pages[0]?.total}
      hasMore={lists.hasNextPage}
      loadingMore={lists.isFetchingNextPage}
      loadMore={() => void lists.fetchNextPage()}
    />
  );
}

function readSort(text = "name"): { by: Sorted; descending: boolean } {
  const descending = text.startsWith("-");
  const name = descending ? text.slice(1) : text;
  return { by: sortable.find((each) => each === name) ?? "name", descending };
}

/** No list matches, or there is none yet: what to do about it. */
function Nothing({ search, change }: ListsTableProps) {
  const { t } = useTranslation("lists");
  if ((search.query ?? "") !== "")
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("nothing.title")}
        action={
          <Button variant="default" onClick={() => change({ query: "" })}>
            {t("nothing.clear")}
          </Button>
        }
      >
        {t("nothing.text")}
      </EmptyState>
    );
  if (search.folder !== undefined)
    return (
      <EmptyState icon={IconFolderOpen} title={t("emptyFolder.title")}>
        {t("emptyFolder.text")}
      </EmptyState>
    );
  return (
    <EmptyState icon={IconList} title={t("empty.title")} action={<CreateListButton folder={undefined} />}>
      {t("empty.text")}
    </EmptyState>
  );
}
