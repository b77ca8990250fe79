import { useTranslation } from "react-i18next";
import { ChartLegend } from "../../ui/chart/chart-legend.tsx";
import { type ChartLine, type LineRole, TimeChart, type TimeChartProps } from "../../ui/chart/time-chart.tsx";
import { type Format, useFormat } from "../../ui/format.ts";
import { chartData, isPast, isShort, lineOf, valueAt } from "./chart-data.ts";
import { OperationMark } from "./operation-mark.tsx";
import classes from "./usage.module.css";
import type { Forecast, History } from "./usage-queries.ts";
import type { Range } from "./usage-search.ts";

interface PictureProps {
  readonly history: History;
  readonly forecast: Forecast;
  readonly range: Range;
}

/** The chart with its legend; where there is too little history for an estimate it says so. */
export function UsagePicture({ history, forecast, range }: PictureProps) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const data = chartData(history, forecast, range);
  const marks = marksOf(history, data);
  const said = useSaid(history, forecast);
  if (history.points.length === 0) return <p className={classes["quiet"]}>{t("chart.nothing")}</p>;
  return (
    <>
      <TimeChart
        {...data}
        label={said}
        nowLabel={t("chart.today")}
        aheadLabel={t("chart.ahead")}
        notes={useTierNotes(data.lines)}
        marks={marks}
        formatValue={(value) => format.number(value)}
        formatMonth={(at) => monthLabel(at, format)}
        {...(isShort(history, range) && { formatDay: (at: number) => format.day(new Date(at), "UTC") })}
        describe={(at) => <Described at={at} data={data} forecast={forecast} />}
      />
      <Legend lines={data.lines} forecast={forecast} hasMarks={marks.length > 0} />
      {forecast.estimate === null && !isPast(history, forecast) && (
        <p className={classes["quiet"]}>{t("chart.noEstimate", { count: forecast.historyDays })}</p>
      )}
    </>
  );
}

const DAY_MS = 86_400_000;

function marksOf(
  { operations, timeZone }: History,
  { lines, from, now }: ReturnType<typeof chartData>,
): NonNullable<TimeChartProps["marks"]> {
  return operations
    .map((operation) => ({ operation, at: Date.parse(operation.at) }))
    .filter(({ at }) => at >= from && at <= now)
    .map(({ operation, at }) => ({
      key: operation.id,
      at,
      value: valueAt(lines, "fact", at + DAY_MS) ?? 0,
      link: <OperationMark operation={operation} timeZone={timeZone} />,
    }));
}

/** The picture in a sentence. */
function useSaid(history: History, forecast: Forecast): string {
  const { points, from, to } = history;
  const { certain } = forecast;
  const { t } = useTranslation("usage");
  const format = useFormat();
  const first = points[0] ?? { day: from, marketing: 0 };
  const present = points.at(-1) ?? first;
  const next = certain[0] ?? { day: to, marketing: present.marketing };
  return t(isPast(history, forecast) ? "chart.saidPast" : "chart.said", {
    last: format.date(present.day),
    first: format.date(first.day),
    from: format.number(first.marketing),
    now: format.number(present.marketing),
    later: format.number(next.marketing),
    day: format.date(next.day),
  });
}

/** Each tier is named where it begins. */
function useTierNotes(lines: readonly ChartLine[]): NonNullable<TimeChartProps["notes"]> {
  const { t } = useTranslation("usage");
  const format = useFormat();
  return (lineOf(lines, "limit")?.points ?? []).slice(0, -1).map((point, place) => {
    const number = format.number(point.value);
    return { ...point, text: place === 0 ? t("chart.tierNote", { number }) : number };
  });
}

interface LegendProps {
  readonly lines: readonly ChartLine[];
  readonly forecast: Forecast;
  readonly hasMarks: boolean;
}

function Legend({ lines, forecast, hasMarks }: LegendProps) {
  const { t } = useTranslation("usage");
  const all: readonly { readonly role: LineRole | "mark"; readonly label: string }[] = [
    { role: "fact", label: t("legend.fact") },
    { role: "certain", label: t("legend.certain") },
    { role: "estimate", label: t("legend.estimate", { count: forecast.estimate?.days ?? 0 }) },
    { role: "limit", label: t("legend.limit") },
    { role: "mark", label: t("legend.mark") },
  ];
  const isDrawn = ({ role }: (typeof all)[number]) =>
    role === "mark" ? hasMarks : lineOf(lines, role) !== undefined;
  return <ChartLegend items={all.filter(isDrawn)} />;
}

/** January says its year. */
function monthLabel(at: number, { language }: Format): string {
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
  return (
    <>
      <b>{format.date(new Date(at), forecast.timeZone)}</b>
      {value !== null && (
        <div>{t(isAhead ? "tip.certain" : "tip.fact", { number: format.number(value) })}</div>
      )}
      {isAhead && <Guess at={at} forecast={forecast} />}
      {limit !== null && <div>{t("tip.limit", { number: format.number(limit) })}</div>}
    </>
  );
}

/** The estimate of the next update date. */
function Guess({ at, forecast }: Omit<DescribedProps, "data">) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const guess = forecast.estimate?.points.find(({ instant }) => Date.parse(instant) >= at);
  if (guess === undefined) return null;
  const values = {
    low: format.number(guess.low),
    high: format.number(guess.high),
    day: format.day(guess.instant, forecast.timeZone),
  };
  return <div>{t("tip.estimate", values)}</div>;
}
