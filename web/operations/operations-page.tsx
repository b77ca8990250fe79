import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../ui/data-table.tsx";
import type { Column } from "../ui/data-table-props.ts";
import { useFormat } from "../ui/format.ts";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../ui/states.tsx";
import { type Operation, operationsQuery } from "./operation-query.ts";
import { OperationState } from "./operation-state.tsx";
import { useOperationText } from "./use-operation-text.ts";

/** Every change to many contacts, newest first: what, who, how far, and the way to take it back. */
export function OperationsPage() {
  const { t } = useTranslation("operations");
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } =
    useInfiniteQuery(operationsQuery);
  const rows = useMemo(() => data?.pages.flatMap(({ operations }) => operations) ?? [], [data]);
  const columns = useColumns();
  return (
    <Page fill>
      <PageHeader title={t("title")} subtitle={t("lead")} />
      {error !== null && (
        <PageBody>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </PageBody>
      )}
      {data === undefined && error === null && <LoadingRows rows={6} />}
      {data !== undefined && rows.length === 0 && (
        <EmptyState icon={IconHistory} title={t("empty.title")}>
          {t("empty.text")}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t("title")}
          rows={rows}
          rowId={(operation) => operation.id}
          columns={columns}
          loadMore={() => void fetchNextPage()}
          hasMore={hasNextPage}
          loadingMore={isFetchingNextPage}
        />
      )}
    </Page>
  );
}

function useColumns(): readonly Column<Operation>[] {
  const { t } = useTranslation("operations");
  const { title, actor } = useOperationText();
  const format = useFormat();
  return [
    {
      id: "what",
      header: t("column.what"),
      narrow: "title",
      cell: (operation) => (
        <Link to="/operations/$operationId" params={{ operationId: operation.id }}>
          {title(operation)}
        </Link>
      ),
    },
    {
      id: "state",
      header: t("column.state"),
      width: 130,
      narrow: "badge",
      cell: (row) => <OperationState {...row} />,
    },
    {
      id: "contacts",
      header: t("column.contacts"),
      width: 124,
      align: "end",
      narrow: "aside",
      cell: ({ done, total }) =>
        done === total
          ? format.number(total)
          : t("of", { done: format.number(done), total: format.number(total) }),
    },
    { id: "actor", header: t("column.actor"), width: 150, narrow: "subtitle", cell: actor },
    {
      id: "when",
      header: t("column.when"),
      width: 170,
      align: "end",
      narrow: "subtitle",
      cell: ({ createdAt }) => format.dateTime(createdAt),
    },
  ];
}
