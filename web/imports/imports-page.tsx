import { Button } from "@mantine/core";
import { IconTableImport, IconUpload } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import { DataTable } from "../ui/data-table.tsx";
import type { Column } from "../ui/data-table-props.ts";
import { useFormat } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../ui/states.tsx";
import { isBusy } from "./import-query.ts";
import { StateBadge } from "./state-badge.tsx";

type Row = Reply<"GET /api/imports">["imports"][number];

/** Every file that was brought in, newest first. */
export function ImportsPage() {
  const { t } = useTranslation("imports");
  const list = useInfiniteQuery({
    queryKey: ["imports", "list"],
    queryFn: ({ signal, pageParam }) =>
      call("GET /api/imports", pageParam === undefined ? {} : { after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.after ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.imports.some((row) => isBusy(row.state)) ? 2_000 : false,
  });
  const rows = list.data?.pages.flatMap((page) => page.imports) ?? [];
  const start = (
    <Button component={Link} to="/imports/new" leftSection={<IconUpload {...icon} />}>
      {t("new.button")}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t("title")}
        crumbs={[
          <Link key="contacts" to="/contacts">
            {t("contacts")}
          </Link>,
        ]}
        actions={start}
      />
      {list.isError && (
        <PageBody>
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        </PageBody>
      )}
      {list.isPending && <LoadingRows />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={IconTableImport} title={t("empty.title")} action={start}>
          {t("empty.text")}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ImportsTable
          rows={rows}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          loadMore={() => void list.fetchNextPage()}
        />
      )}
    </Page>
  );
}

interface TableProps {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
}

function ImportsTable(props: TableProps) {
  const { t } = useTranslation("imports");
  const columns = [...useNameColumns(), ...useNumberColumns(), ...useOriginColumns()];
  return <DataTable label={t("title")} {...props} rowId={(row) => row.id} columns={columns} />;
}

function useNameColumns(): Column<Row>[] {
  const { t } = useTranslation("imports");
  const file = (row: Row) => (
    <Link to="/imports/$importId" params={{ importId: row.id }}>
      {row.retryOf === null ? row.fileName : t("list.retry", { file: row.fileName })}
    </Link>
  );
  const state = (row: Row) => <StateBadge state={row.state} />;
  return [
    { id: "file", header: t("list.file"), narrow: "title", cell: file },
    { id: "state", header: t("list.state"), width: 112, narrow: "badge", cell: state },
  ];
}

function useNumberColumns(): Column<Row>[] {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const number = (value: number | null | undefined) => (value == null ? "–" : format.number(value));
  const counts = (["created", "updated", "unchanged", "rejected"] as const).map(
    (id): Column<Row> => ({
      id,
      header: t(`result.${id}`),
      cell: (row) => number(row.result?.[id]),
      width: 90,
      align: "end",
    }),
  );
  const rows: Column<Row> = {
    id: "rows",
    header: t("list.rows"),
    width: 80,
    align: "end",
    cell: (row) => number(row.rows),
  };
  return [...counts, rows];
}

function useOriginColumns(): Column<Row>[] {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const by = (row: Row) => row.actor.name ?? t(`actor.${row.actor.type}`);
  const at = (row: Row) => format.dateTime(row.createdAt);
  return [
    { id: "by", header: t("list.by"), width: 132, narrow: "subtitle", cell: by },
    { id: "at", header: t("list.at"), width: 166, align: "end", narrow: "aside", cell: at },
  ];
}
