import { Button, Select } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Billing } from "../../billing/billing-query.ts";
import { useSourceText } from "../../contacts/record/use-source-text.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import { ApproveDialog } from "./approve-dialog.tsx";
import { DeclineDialog } from "./decline-dialog.tsx";
import { PausedSources } from "./paused-sources.tsx";
import classes from "./review.module.css";
import { type HeldContact, type HeldSource, heldQuery, type SourceChoice } from "./review-queries.ts";
import { type Among, type Chosen, useChosen } from "./use-chosen.ts";
import { useHeldColumns } from "./use-held-columns.tsx";

/** Held, waiting for approval: who, since when and why, with what approving costs. */
export function ReviewTab({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("review");
  return (
    <div className={classes["tab"]}>
      <Section title={t("title")}>
        <Queue billing={billing} />
      </Section>
      <PausedSources />
    </div>
  );
}

const none: HeldContact[] = [];

function Queue({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("review");
  const [source, setSource] = useState<SourceChoice>(null);
  const query = useInfiniteQuery(heldQuery(source));
  const rows = useMemo(() => query.data?.pages.flatMap(({ contacts }) => contacts) ?? none, [query.data]);
  const page = query.data?.pages[0];
  const chosen = useChosen(rows, { source, total: totalOf(page?.sources ?? [], source) });
  if (page === undefined && query.error)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (page === undefined) return <LoadingRows />;
  if (page.held === 0) {
    return (
      <EmptyState icon={IconCircleCheck} title={t("empty.title")}>
        {t(`empty.${billing.policy}`)}
      </EmptyState>
    );
  }
  return (
    <>
      <Note>{t("byHand")}</Note>
      <Bar chosen={chosen}>
        <SourceSelect sources={page.sources} source={source} onChange={setSource} />
      </Bar>
      <HeldTable rows={rows} chosen={chosen} query={query} />
    </>
  );
}

const keyOf = ({ type, id }: { readonly type: string; readonly id: string | null }) => `${type}/${id ?? ""}`;

function totalOf(sources: readonly HeldSource[], source: SourceChoice): number {
  return sources
    .filter((each) => source === null || keyOf(each) === keyOf(source))
    .reduce((sum, { contacts }) => sum + contacts, 0);
}

interface SourceSelectProps {
  readonly sources: readonly HeldSource[];
  readonly source: SourceChoice;
  readonly onChange: (source: SourceChoice) => void;
}

function SourceSelect({ sources, source, onChange }: SourceSelectProps) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const sourceText = useSourceText();
  const nobody = { type: "user" as const, id: null, name: null };
  return (
    <Select
      aria-label={t("source.label")}
      className={classes["source"] ?? ""}
      data={[
        { value: "", label: t("source.all") },
        ...sources.map((each) => ({
          value: keyOf(each),
          label: `${sourceText({ source: each, actor: { ...nobody, name: each.name } })} (${format.number(each.contacts)})`,
        })),
      ]}
      value={source === null ? "" : keyOf(source)}
      allowDeselect={false}
      onChange={(key) => {
        const found = sources.find((each) => keyOf(each) === key);
        onChange(found ? { type: found.type, id: found.id } : null);
      }}
    />
  );
}

/** Whom a dialog is about stays as it was when it was opened: those who are ticked may be decided on by others meanwhile. */
interface Asking {
  readonly act: "approve" | "decline";
  readonly among: Among;
  readonly count: number;
}

/** What can be decided: for those who are ticked, else for all. */
function Bar({ chosen, children }: { readonly chosen: Chosen; readonly children: React.ReactNode }) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const [asking, setAsking] = useState<Asking | null>(null);
  const values = { count: chosen.count, number: format.number(chosen.count) };
  const done = () => {
    setAsking(null);
    chosen.clear();
  };
  const ask = (act: Asking["act"]) => setAsking({ act, among: chosen.among, count: chosen.count });
  const dialog = { onClose: () => setAsking(null), onStarted: done };
  return (
    <div className={classes["bar"]} role="region" aria-label={t("bar")}>
      {children}
      <span className={classes["count"]}>{t(chosen.some ? "selected" : "waiting", values)}</span>
      <span className={classes["acts"]}>
        <GuardedButton permission="billing.edit" variant="default" onClick={() => ask("decline")}>
          {t(chosen.some ? "decline.selected" : "decline.all")}
        </GuardedButton>
        <GuardedButton permission="billing.edit" onClick={() => ask("approve")}>
          {t(chosen.some ? "approve.selected" : "approve.all")}
        </GuardedButton>
      </span>
      {asking?.act === "approve" && <ApproveDialog {...dialog} among={asking.among} />}
      {asking?.act === "decline" && <DeclineDialog {...dialog} among={asking.among} count={asking.count} />}
    </div>
  );
}

interface HeldTableProps {
  readonly rows: readonly HeldContact[];
  readonly chosen: Chosen;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}

const rowId = ({ id }: HeldContact) => id;

function HeldTable({ rows, chosen, query }: HeldTableProps) {
  const { t } = useTranslation("review");
  return (
    <>
      <DataTable
        flowing
        label={t("title")}
        rows={rows}
        rowId={rowId}
        columns={useHeldColumns()}
        selection={{
          selected: chosen.selected,
          onSelect: chosen.setSelected,
          label: ({ name, email, id }) => t("select", { name: name || email || id }),
          allLabel: t("selectPage"),
        }}
      />
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </>
  );
}
