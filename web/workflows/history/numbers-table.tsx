import { useTranslation } from "react-i18next";
import figures from "../../ui/figures.module.css";
import { useFormat } from "../../ui/format.ts";
import { metrics } from "./chart-points.ts";
import type { Day } from "./history-queries.ts";

const happenings = metrics.filter((metric) => metric !== "active");

/** Newest first; only days on which something happened, and both ends. */
export function NumbersTable({ days }: { readonly days: readonly Day[] }) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  const told = days.filter(
    (day, place) => happenings.some((metric) => day[metric] > 0) || place === 0 || place === days.length - 1,
  );
  return (
    <div className={figures["frame"]} tabIndex={0} role="group" aria-label={t("numbers.title")}>
      <table className={figures["figures"]}>
        <thead>
          <tr>
            <th scope="col">{t("numbers.day")}</th>
            {happenings.map((metric) => (
              <th key={metric} scope="col">
                {t(`metric.${metric}`)}
              </th>
            ))}
            <th scope="col">{t("metric.active")}</th>
          </tr>
        </thead>
        <tbody>
          {told.toReversed().map((day) => (
            <tr key={day.day}>
              <th scope="row">{format.date(day.day)}</th>
              {happenings.map((metric) => (
                <td key={metric}>{day[metric] === 0 ? "–" : format.number(day[metric])}</td>
              ))}
              <td>{format.number(day.active)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
