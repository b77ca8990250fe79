import { Button } from "@mantine/core";
import { IconFilterOff, IconUsers } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { everybody, isEmpty } from "../../filters/filter-field.ts";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import { contactName } from "../record/contact-name.ts";
import classes from "./contacts-index.module.css";
import { type Row, rowsQuery } from "./index-queries.ts";
import { selectAllBanner } from "./select-all.tsx";
import { nameProperties, useContactColumns } from "./use-contact-columns.tsx";
import type { IndexState, ShownList } from "./use-index-state.ts";
import type { Chosen } from "./use-selection.ts";

const rowId = ({ id }: Row) => id;
const none: never[] = [];

export function useRows(state: IndexState) {
  const properties = useMemo(() => [...new Set([...nameProperties, ...state.columns])], [state.columns]);
  const query = useInfiniteQuery({ ...rowsQuery(state.asked, state.sort, properties), enabled: state.ready });
  const rows = useMemo(() => query.data?.pages.flatMap(({ contacts }) => contacts) ?? none, [query.data]);
  return { query, rows };
}

interface ContactsTableProps {
  readonly state: IndexState;
  readonly loaded: ReturnType<typeof useRows>;
  readonly total: number | undefined;
  readonly chosen: Chosen;
}

export function ContactsTable({ state, loaded, total, chosen }: ContactsTableProps) {
  const { t } = useTranslation("contacts-index");
  const { query, rows } = loaded;
  const { data: catalogue } = useQuery(propertiesQuery);
  const columns = useContactColumns({
    columns: state.columns,
    properties: catalogue?.properties ?? none,
    sortedBy: state.sort.propertyName,
  });
  if (!query.data || !catalogue) return <NotYet query={query} />;
  if (rows.length === 0)
    return (
      <div className={classes["nobody"]}>
        <Nobody state={state} />
      </div>
    );
  return (
    <DataTable
      label={t("table")}
      rows={rows}
      rowId={rowId}
      columns={columns}
      sort={{ by: state.sort.propertyName, descending: state.sort.direction === "desc" }}
      onSort={({ by, descending }) =>
        state.change({ sort: { propertyName: by, direction: descending ? "desc" : "asc" } })
      }
      selection={{
        selected: chosen.ids,
        everything: chosen.everything,
        onSelect: chosen.select,
        label: (row) => t("selectRow", { name: contactName(row.properties) || row.id }),
        allLabel: t("selectPage"),
      }}
      banner={selectAllBanner({ rows, total, chosen })}
      total={total}
      hasMore={query.hasNextPage}
      loadingMore={query.isFetchingNextPage}
      loadMore={() => void query.fetchNextPage()}
    />
  );
}

function NotYet({ query }: { readonly query: ContactsTableProps["loaded"]["query"] }) {
  return (
    <div className={classes["notice"]}>
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={10} />
      )}
    </div>
  );
}

/** Nobody matches, or there is nobody yet: what to do about it. */
function Nobody({ state }: { readonly state: IndexState }) {
  const { t } = useTranslation("contacts-index");
  const key = state.view?.key;
  if (key && key !== "all" && !state.changed && state.query === "") {
    return (
      <EmptyState icon={IconUsers} title={t(`emptyView.${key}.title`)}>
        {t(`emptyView.${key}.text`)}
      </EmptyState>
    );
  }
  const narrowed = !isEmpty(state.filter) || state.query !== "";
  if (narrowed) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("nobody.title")}
        action={
          <Button variant="default" onClick={() => state.change({ filter: everybody, query: "" })}>
            {t("nobody.clear")}
          </Button>
        }
      >
        {t("nobody.text")}
      </EmptyState>
    );
  }
  if (state.list) return <EmptyList type={state.list.type} />;
  return (
    <EmptyState
      icon={IconUsers}
      title={t("empty.title")}
      action={
        <Button renderRoot={(props) => <Link to="/imports/new" {...props} />}>{t("empty.import")}</Button>
      }
    >
      {t("empty.text")}
    </EmptyState>
  );
}

function EmptyList({ type }: Pick<ShownList, "type">) {
  const { t } = useTranslation("lists");
  if (type === "active")
    return (
      <EmptyState icon={IconUsers} title={t("page.emptyActive.title")}>
        {t("page.emptyActive.text")}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={IconUsers}
      title={t("page.emptyStatic.title")}
      action={
        <Button renderRoot={(props) => <Link to="/contacts" {...props} />}>
          {t("page.emptyStatic.action")}
        </Button>
      }
    >
      {t("page.emptyStatic.text")}
    </EmptyState>
  );
}
