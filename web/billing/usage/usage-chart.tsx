import { Button, SegmentedControl } from "@mantine/core";
import { IconCalendar, IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ChartLegend, type LineRole, TimeChart } from "../../ui/chart/time-chart.tsx";
import { useFormat } from "../../ui/format.ts";
import { smallIcon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import type { Usage } from "../billing-query.ts";
import { chartData, valueAt } from "./chart-data.ts";
import { FitNote } from "./fit-note.tsx";
import { MomentPanel } from "./moment-panel.tsx";
import { OperationMark } from "./operation-mark.tsx";
import classes from "./usage.module.css";
import { type Forecast, forecastQuery, type History, historyQuery } from "./usage-queries.ts";
import { type Range, ranges } from "./usage-search.ts";
import { UsageTable } from "./usage-table.tsx";

/** Usage over time: what was, what is certain, and what growth like lately would make of it. */
export function UsageChart({ usage }: { readonly usage: Usage }) {
  const { t } = useTranslation("usage");
  const search = useSearch({ from: "/shell/billing" });
  const navigate = useNavigate();
  const [asTable, setAsTable] = useState(false);
  const range = search.range ?? "year";
  const go = (change: object) =>
    void navigate({ to: "/billing", search: { ...search, ...change }, replace: true, resetScroll: false });
  const controls = (
    <div className={classes["controls"]}>
      <SegmentedControl
        aria-label={t("chart.range")}
        data={ranges.map((value) => ({ value, label: t(`range.${value}`) }))}
        value={range}
        onChange={(value) => go({ range: value })}
      />
      <Button
        size="sm"
        variant="default"
        leftSection={<IconCalendar {...smallIcon} />}
        onClick={() => go({ at: "choose" })}
      >
        {t("chart.anyMoment")}
      </Button>
    </div>
  );
  return (
    <Section title={t("chart.title")} aside={controls}>
      <Loaded range={range}>
        {(history, forecast) => (
          <>
            {asTable ? (
              <UsageTable history={history} forecast={forecast} />
            ) : (
              <Picture history={history} forecast={forecast} range={range} />
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

interface LoadedProps {
  readonly range: Range;
  readonly children: (history: History, forecast: Forecast) => ReactNode;
}

function Loaded({ range, children }: LoadedProps) {
  const from = fromOf(range);
  const history = useQuery(historyQuery(from === undefined ? {} : { from }));
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

/** The first day asked for; a year without saying so, and ten years for all. */
function fromOf(range: Range): string | undefined {
  if (range === "year") return undefined;
  const date = new Date();
  if (range === "quarter") date.setUTCMonth(date.getUTCMonth() - 3);
  else date.setUTCFullYear(date.getUTCFullYear() - 10);
  return date.toISOString().slice(0, 10);
}

interface PictureProps {
  readonly history: History;
  readonly forecast: Forecast;
  readonly range: Range;
}

function Picture({ history, forecast, range }: PictureProps) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const data = chartData(history, forecast, range);
  const { lines, from, now } = data;
  const valueOf = (role: LineRole, at: number) => valueAt(lines, role, at);
  const limit = lines.find(({ role }) => role === "limit");
  const notes = (limit?.points ?? []).slice(0, -1).map((point, place) => ({
    ...point,
    text:
      place === 0 ? t("chart.tierNote", { number: format.number(point.value) }) : format.number(point.value),
  }));
  const marks = history.operations
    .map((operation) => ({ operation, at: Date.parse(operation.at) }))
    .filter(({ at }) => at >= from && at <= now)
    .map(({ operation, at }) => ({
      key: operation.id,
      at,
      value: valueOf("fact", at + 86_400_000) ?? 0,
      link: <OperationMark operation={operation} timeZone={history.timeZone} />,
    }));
  const present = valueOf("fact", now) ?? 0;
  return (
    <>
      <TimeChart
        {...data}
        label={t("chart.said", {
          first: format.date(history.points[0]?.day ?? history.from),
          from: format.number(history.points[0]?.marketing ?? 0),
          now: format.number(present),
          then: format.number(forecast.certain[0]?.marketing ?? present),
          day: format.date(forecast.certain[0]?.day ?? history.to),
        })}
        nowLabel={t("chart.today")}
        aheadLabel={t("chart.ahead")}
        notes={notes}
        marks={marks}
        formatValue={(value) => format.number(value)}
        formatMonth={(at) => monthLabel(at, format.language)}
        describe={(at) => <Described at={at} data={data} forecast={forecast} />}
      />
      <ChartLegend
        items={[
          { role: "fact", label: t("legend.fact") },
          { role: "certain", label: t("legend.certain") },
          ...(forecast.estimate === null
            ? []
            : [
                {
                  role: "estimate" as const,
                  label: t("legend.estimate", { count: forecast.estimate.days }),
                },
              ]),
          ...(limit === undefined ? [] : [{ role: "limit" as const, label: t("legend.limit") }]),
          ...(marks.length === 0 ? [] : [{ role: "mark" as const, label: t("legend.mark") }]),
        ]}
      />
      {forecast.estimate === null && (
        <p className={classes["quiet"]}>{t("chart.noEstimate", { count: forecast.historyDays })}</p>
      )}
    </>
  );
}

/** January says its year. */
function monthLabel(at: number, language: string): string {
  const date = new Date(at);
  const year = date.getUTCMonth() === 0 ? ({ year: "numeric" } as const) : {};
  return new Intl.DateTimeFormat(language, { month: "short", ...year, timeZone: "UTC" }).format(date);
}

interface DescribedProps {
  readonly at: number;
  readonly data: ReturnType<typeof chartData>;
  readonly forecast: Forecast;
}

function Described({ at, data, forecast }: DescribedProps) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const isAhead = at > data.now;
  const value = valueAt(data.lines, isAhead ? "certain" : "fact", at);
  const limit = valueAt(data.lines, "limit", at);
  const guess = isAhead
    ? forecast.estimate?.points.find(({ instant }) => Date.parse(instant) >= at)
    : undefined;
  return (
    <>
      <b>{format.date(new Date(at), forecast.timeZone)}</b>
      {value !== null && (
        <div>{t(isAhead ? "tip.certain" : "tip.fact", { number: format.number(value) })}</div>
      )}
      {guess && (
        <div>
          {t("tip.estimate", {
            low: format.number(guess.low),
            high: format.number(guess.high),
            day: format.day(guess.instant, forecast.timeZone),
          })}
        </div>
      )}
      {limit !== null && <div>{t("tip.limit", { number: format.number(limit) })}</div>}
    </>
  );
}
