import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TimeChart } from "../../ui/chart/time-chart.tsx";
import { useFormat } from "../../ui/format.ts";
import { type Metric, metrics, pointsOf } from "./chart-points.ts";
import classes from "./history.module.css";
import type { Day } from "./history-queries.ts";

const DAY_MS = 86_400_000;

/** One number day by day; beside the pointer stand all of them. */
export function NumbersChart({ days }: { readonly days: readonly Day[] }) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  // Where nobody was ever in it at the end of a day, who entered says more than an empty picture.
  const [metric, setMetric] = useState<Metric>(() =>
    days.some(({ active }) => active > 0) ? "active" : "enrolled",
  );
  const points = pointsOf(days, metric);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const name = t(`metric.${metric}`);
  return (
    <div className={classes["chart"]}>
      <Select
        size="xs"
        className={classes["metric"] ?? ""}
        aria-label={t("numbers.metric")}
        data={metrics.map((value) => ({ value, label: t(`metric.${value}`) }))}
        value={metric}
        allowDeselect={false}
        onChange={(next) => next !== null && setMetric(next)}
      />
      <TimeChart
        label={t("numbers.said", {
          name,
          first: format.date(dayOf(first.at)),
          from: format.number(first.value),
          last: format.date(dayOf(last.at)),
          to: format.number(last.value),
        })}
        from={first.at}
        to={last.at}
        now={last.at}
        nowLabel=""
        aheadLabel=""
        lines={[{ role: "fact", points }]}
        formatValue={(value) => format.number(value)}
        formatMonth={(at) => format.day(dayOf(at))}
        formatDay={(at) => format.day(dayOf(at))}
        describe={(at) => <Described day={days.find(({ day }) => day === dayOf(at + DAY_MS / 2))} />}
      />
    </div>
  );
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function Described({ day }: { readonly day: Day | undefined }) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  if (day === undefined) return null;
  return (
    <>
      <b>{format.date(day.day)}</b>
      {metrics.map((metric) => (
        <div key={metric} className={classes["tip"]}>
          <span>{t(`metric.${metric}`)}</span>
          <span>{format.number(day[metric])}</span>
        </div>
      ))}
    </>
  );
}
