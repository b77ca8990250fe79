import { Button, SegmentedControl } from "@mantine/core";
import { IconCalendar, IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useSearchChange } from "../../ui/use-search-change.ts";
import type { Usage } from "../billing-query.ts";
import { FitNote } from "./fit-note.tsx";
import { MomentPanel } from "./moment-panel.tsx";
import { OwnRange } from "./own-range.tsx";
import classes from "./usage.module.css";
import { UsagePicture } from "./usage-picture.tsx";
import { type Forecast, forecastQuery, type History, historyQuery } from "./usage-queries.ts";
import { type Range, ranges, type UsageSearch } from "./usage-search.ts";
import { UsageTable } from "./usage-table.tsx";

/** Usage over time: what was, what is certain, and what growth like lately would make of it. */
export function UsageChart({ usage }: { readonly usage: Usage }) {
  const { t } = useTranslation("usage");
  const search = useSearch({ from: "/shell/billing" });
  const changeSearch = useSearchChange();
  const [asTable, setAsTable] = useState(false);
  const range = search.range ?? "year";
  const go = (change: SearchChange) => changeSearch((now) => ({ ...now, ...change }), true);
  return (
    <Section title={t("chart.title")} aside={<Controls range={range} onChange={go} />}>
      <Loaded search={search}>
        {(history, forecast) => (
          <>
            {range === "own" && <OwnRange history={history} onChange={go} />}
            {asTable ? (
              <UsageTable history={history} forecast={forecast} />
            ) : (
              <UsagePicture history={history} forecast={forecast} range={range} />
            )}
            <div className={classes["below"]}>
              <Button
                size="sm"
                variant="subtle"
                leftSection={<IconTable {...smallIcon} />}
                onClick={() => setAsTable(!asTable)}
              >
                {t(asTable ? "chart.asPicture" : "chart.asTable")}
              </Button>
            </div>
            <FitNote forecast={forecast} />
          </>
        )}
      </Loaded>
      <MomentPanel
        at={search.at ?? null}
        timeZone={usage.timeZone}
        onChange={(at) => go({ at })}
        onClose={() => go({ at: undefined })}
      />
    </Section>
  );
}

/** Undefined takes something back. */
type SearchChange = { readonly [name in keyof UsageSearch]: UsageSearch[name] | undefined };

interface ControlsProps {
  readonly range: Range;
  readonly onChange: (change: SearchChange) => void;
}

/** The days of one's own range go when another is chosen. */
const noOwnRange = { from: undefined, to: undefined } as const;

function Controls({ range, onChange }: ControlsProps) {
  const { t } = useTranslation("usage");
  return (
    <div className={classes["controls"]}>
      <SegmentedControl
        aria-label={t("chart.range")}
        data={ranges.map((value) => ({ value, label: t(`range.${value}`) }))}
        value={range}
        onChange={(value) => onChange({ ...noOwnRange, range: value })}
      />
      <Button
        size="sm"
        variant="default"
        leftSection={<IconCalendar {...smallIcon} />}
        onClick={() => onChange({ at: "choose" })}
      >
        {t("chart.anyMoment")}
      </Button>
    </div>
  );
}

interface LoadedProps {
  readonly search: UsageSearch;
  readonly children: (history: History, forecast: Forecast) => ReactNode;
}

function Loaded({ search, children }: LoadedProps) {
  const history = useQuery(historyQuery(daysOf(search)));
  const forecast = useQuery(forecastQuery);
  const error = history.error ?? forecast.error;
  if (history.data !== undefined && forecast.data !== undefined) return children(history.data, forecast.data);
  if (error === null) return <LoadingRows rows={6} />;
  return (
    <ErrorState
      error={error}
      onRetry={() => {
        void history.refetch();
        void forecast.refetch();
      }}
    />
  );
}

/** The days asked for; a year without saying so, and ten years for all. */
function daysOf({ range = "year", from, to }: UsageSearch): { from?: string; to?: string } {
  if (range === "own") return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  if (range === "year") return {};
  const date = new Date();
  if (range === "quarter") date.setUTCMonth(date.getUTCMonth() - 3);
  else date.setUTCFullYear(date.getUTCFullYear() - 10);
  return { from: date.toISOString().slice(0, 10) };
}
