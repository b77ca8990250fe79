import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { Badge } from "../../ui/badge.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import type { Column } from "../../ui/data-table-props.ts";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import { RestoreButton } from "./restore-button.tsx";

type Row = Reply<"GET /api/deleted-contacts">["contacts"][number];

/** Who was deleted in the last 90 days and can come back. */
export function DeletedContactsPage() {
  const { t } = useTranslation("contact");
  const [words, setWords] = useState("");
  const [query] = useDebouncedValue(words, 200);
  return (
    <Page fill>
      <PageHeader
        title={t("bin.title")}
        crumbs={[
          <Link key="contacts" to="/contacts">
            {t("contacts")}
          </Link>,
        ]}
        subtitle={t("bin.help")}
        actions={
          <TextInput
            aria-label={t("bin.search")}
            placeholder={t("bin.search")}
            leftSection={<IconSearch {...icon} />}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        }
      />
      <DeletedTable query={query} />
    </Page>
  );
}

function DeletedTable({ query }: { readonly query: string }) {
  const { t } = useTranslation("contact");
  const deleted = useDeleted(query);
  const columns = useColumns();
  const rows = deleted.data?.pages.flatMap(({ contacts }) => contacts) ?? [];
  return (
    <>
      {deleted.isError && <ErrorState error={deleted.error} onRetry={() => void deleted.refetch()} />}
      {deleted.isPending && (
        <PageBody>
          <LoadingRows />
        </PageBody>
      )}
      {deleted.data && rows.length === 0 && (
        <EmptyState icon={IconTrash} title={t(query === "" ? "bin.empty" : "bin.nobody")}>
          {t("bin.emptyHelp")}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t("bin.title")}
          rows={rows}
          rowId={(row) => row.id}
          columns={columns}
          hasMore={deleted.hasNextPage}
          loadingMore={deleted.isFetchingNextPage}
          loadMore={() => void deleted.fetchNextPage()}
        />
      )}
    </>
  );
}

function useDeleted(query: string) {
  return useInfiniteQuery({
    queryKey: ["deleted-contacts", query],
    queryFn: ({ signal, pageParam }) =>
      call(
        "GET /api/deleted-contacts",
        { query, ...(pageParam === "" ? {} : { after: pageParam }) },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
  });
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation("contact");
  const format = useFormat();
  return [
    {
      id: "name",
      header: t("bin.name"),
      narrow: "title",
      cell: ({ id, name, email }) => (
        <Link to="/contacts/$contactId" params={{ contactId: id }}>
          {name || email || t("nameless", { id })}
        </Link>
      ),
    },
    { id: "email", header: t("bin.email"), narrow: "subtitle", cell: ({ email }) => email ?? "–" },
    {
      id: "counts",
      header: t("bin.counts"),
      width: 170,
      narrow: "badge",
      cell: ({ willCount }) => (willCount ? <Badge tone="counts">{t("bin.willCount")}</Badge> : null),
    },
    {
      id: "deleted",
      header: t("bin.deleted"),
      width: 120,
      align: "end",
      cell: ({ deletedAt }) => format.date(deletedAt),
    },
    {
      id: "purged",
      header: t("bin.purged"),
      width: 130,
      align: "end",
      cell: ({ purgedAt }) => format.date(purgedAt),
    },
    {
      id: "restore",
      header: t("bin.restore"),
      width: 130,
      narrow: "aside",
      cell: ({ id, willCount }) => <RestoreButton contactId={id} counts={willCount} quiet />,
    },
  ];
}
