import { Button, Checkbox, SegmentedControl, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, downloadUrl, type Reply } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import { smallIcon } from "../ui/icons.ts";
import { Section } from "../ui/section.tsx";
import { ErrorState, FormError, LoadingRows } from "../ui/states.tsx";
import type { ImportView } from "./import-query.ts";
import classes from "./imports.module.css";

type Rejection = Reply<"GET /api/imports/:importId/rejections">["rejections"][number];
/** Mended values by line; a row is retried when it has one. */
type Fixes = ReadonlyMap<number, string>;

interface RejectedRowsProps {
  readonly view: ImportView;
  /** Before the start: reasons only, nothing to retry yet. */
  readonly readOnly?: boolean;
}

const ALL = "all";

/** Rejected rows with their reasons: filter, mend in place, retry alone, download. */
export function RejectedRows({ view, readOnly = false }: RejectedRowsProps) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const [code, setCode] = useState(ALL);
  const [fixes, setFixes] = useState<Fixes>(new Map());
  const total = view.rejections.reduce((sum, group) => sum + group.rows, 0);
  const tabs = [
    { value: ALL, label: `${t("rejected.all")} ${format.number(total)}` },
    ...view.rejections.map((group) => ({
      value: group.code,
      label: `${group.label} ${format.number(group.rows)}`,
    })),
  ];
  return (
    <Section
      flush
      title={t("rejected.title", { count: total, number: format.number(total) })}
      aside={
        <Button
          size="sm"
          variant="default"
          component="a"
          href={downloadUrl(`/api/imports/${view.id}/rejections.csv`)}
          download
          leftSection={<IconDownload {...smallIcon} />}
        >
          {t("rejected.download")}
        </Button>
      }
    >
      <div className={classes["segments"]}>
        <SegmentedControl
          size="xs"
          aria-label={t("rejected.filter")}
          data={tabs}
          value={code}
          onChange={setCode}
        />
      </div>
      <Rows view={view} code={code} fixes={fixes} onFixes={setFixes} readOnly={readOnly} />
      {!readOnly && <RetryBar view={view} fixes={fixes} />}
    </Section>
  );
}

interface RowsProps extends RejectedRowsProps {
  readonly code: string;
  readonly fixes: Fixes;
  readonly onFixes: (fixes: Fixes) => void;
}

function Rows({ view, code, fixes, onFixes, readOnly = false }: RowsProps) {
  const { t } = useTranslation("imports");
  const list = useInfiniteQuery({
    queryKey: ["imports", view.id, "rejections", code],
    queryFn: ({ signal, pageParam }) =>
      call(
        "GET /api/imports/:importId/rejections",
        { importId: view.id, after: pageParam, ...(code === ALL ? {} : { code }) },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.after ?? undefined,
  });
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <LoadingRows />;
  const rows = list.data.pages.flatMap((page) => page.rejections);
  const change = (line: number, value: string | null) => {
    const next = new Map(fixes);
    if (value === null) next.delete(line);
    else next.set(line, value);
    onFixes(next);
  };
  return (
    <>
      <div className={classes["scroll"]}>
        <table className={classes["rejected"]} data-readonly={readOnly || undefined}>
          <thead>
            <tr>
              <th scope="col" data-align="end">
                {t("rejected.line")}
              </th>
              <th scope="col">{t("rejected.value")}</th>
              <th scope="col">{t("rejected.reason")}</th>
              {!readOnly && <th scope="col">{t("rejected.fix")}</th>}
              {!readOnly && (
                <th scope="col" data-align="end">
                  {t("rejected.retry")}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line
                key={row.line}
                row={row}
                fix={fixes.get(row.line)}
                readOnly={readOnly}
                onFix={(value) => change(row.line, value)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage && (
        <div className={classes["more"]}>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t("rejected.more")}
          </Button>
        </div>
      )}
    </>
  );
}

interface LineProps {
  readonly row: Rejection;
  readonly fix: string | undefined;
  readonly readOnly: boolean;
  readonly onFix: (value: string | null) => void;
}

function Line({ row, fix, readOnly, onFix }: LineProps) {
  const { t } = useTranslation("imports");
  const value = row.column === null ? row.values.filter(Boolean).join(", ") : (row.values[row.column] ?? "");
  return (
    <tr>
      <td data-align="end">{row.line}</td>
      <td title={value}>{value || "–"}</td>
      <td title={row.reason}>{row.reason}</td>
      {!readOnly && row.retriedIn !== null && (
        <td colSpan={2}>
          <Link to="/imports/$importId" params={{ importId: row.retriedIn }}>
            {t("rejected.retried")}
          </Link>
        </td>
      )}
      {!readOnly && row.retriedIn === null && (
        <>
          <td>
            {row.column !== null && (
              <TextInput
                size="xs"
                aria-label={t("rejected.fixOf", { line: row.line })}
                placeholder={fix === "" ? t("rejected.leaveEmpty") : value}
                value={fix ?? ""}
                data-fixed={fix !== undefined || undefined}
                onChange={(event) => onFix(event.currentTarget.value)}
              />
            )}
          </td>
          <td data-align="end">
            <Checkbox
              aria-label={t("rejected.retryOf", { line: row.line })}
              checked={fix !== undefined}
              onChange={(event) => onFix(event.currentTarget.checked ? value : null)}
            />
          </td>
        </>
      )}
    </tr>
  );
}

function RetryBar({ view, fixes }: { readonly view: ImportView; readonly fixes: Fixes }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: (withoutCode: string | null) =>
      call("POST /api/imports/:importId/retry", {
        importId: view.id,
        ...(withoutCode === null
          ? { rows: [...fixes].map(([line, value]) => ({ line, column: null, value })) }
          : { withoutCode }),
      }),
    onSuccess: async ({ importId }) => {
      await queries.invalidateQueries({ queryKey: ["imports"] });
      await navigate({ to: "/imports/$importId", params: { importId } });
    },
  });
  const total = view.rejections.reduce((sum, group) => sum + group.rows, 0);
  const noAddress = view.rejections.find(({ code }) => code === "no_address");
  return (
    <div className={classes["retryBar"]}>
      <span className={classes["dimmed"]}>
        {t("rejected.fixed", {
          count: fixes.size,
          number: format.number(fixes.size),
          left: format.number(total - fixes.size),
        })}
      </span>
      <FormError error={retry.error} />
      <span className={classes["retryActions"]}>
        {noAddress && (
          <Button variant="transparent" onClick={() => retry.mutate("no_address")} disabled={retry.isPending}>
            {t("rejected.without", { count: noAddress.rows, number: format.number(noAddress.rows) })}
          </Button>
        )}
        <Button disabled={fixes.size === 0} loading={retry.isPending} onClick={() => retry.mutate(null)}>
          {t("rejected.retryRows", { count: fixes.size, number: format.number(fixes.size) })}
        </Button>
      </span>
    </div>
  );
}
