import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, downloadUrl } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import { smallIcon } from "../ui/icons.ts";
import { Section } from "../ui/section.tsx";
import { Sideways } from "../ui/sideways.tsx";
import { ErrorState, FormError, LoadingRows } from "../ui/states.tsx";
import { useOnward } from "../ui/use-still-here.ts";
import type { ImportView } from "./import-query.ts";
import classes from "./imports.module.css";
import { type Fixes, RejectionTable } from "./rejection-table.tsx";

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
  const total = view.rejections.reduce((sum, group) => sum + group.open, 0);
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
      <Sideways chosen={code}>
        <div className={classes["segments"]}>
          <SegmentedControl
            size="xs"
            aria-label={t("rejected.filter")}
            data={tabs}
            value={code}
            onChange={setCode}
          />
        </div>
      </Sideways>
      <Rows view={view} code={code} fixes={fixes} onFixes={setFixes} readOnly={readOnly} />
      {!readOnly && <RetryBar view={view} fixes={fixes} />}
    </Section>
  );
}

interface RowsProps {
  readonly view: ImportView;
  readonly code: string;
  readonly fixes: Fixes;
  readonly onFixes: (fixes: Fixes) => void;
  readonly readOnly: boolean;
}

function Rows({ view, code, ...table }: RowsProps) {
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
  if (list.isError && list.data === undefined)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingRows />;
  return (
    <>
      <RejectionTable rows={list.data.pages.flatMap((page) => page.rejections)} {...table} />
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

function RetryBar({ view, fixes }: { readonly view: ImportView; readonly fixes: Fixes }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const onward = useOnward();
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
      await onward({ to: "/imports/$importId", params: { importId } });
    },
  });
  const total = view.rejections.reduce((sum, group) => sum + group.open, 0);
  const noAddress = view.rejections.find(({ code, open }) => code === "no_address" && open > 0);
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
            {t("rejected.without", { count: noAddress.open, number: format.number(noAddress.open) })}
          </Button>
        )}
        <Button disabled={fixes.size === 0} loading={retry.isPending} onClick={() => retry.mutate(null)}>
          {t("rejected.retryRows", { count: fixes.size, number: format.number(fixes.size) })}
        </Button>
      </span>
    </div>
  );
}
