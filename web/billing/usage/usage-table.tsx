import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { isPast } from "./chart-data.ts";
import classes from "./usage.module.css";
import type { Forecast, History } from "./usage-queries.ts";

const MOST_ROWS = 60;
const DAY_MS = 86_400_000;

/** The numbers of the picture: days, weeks or months that were, then the update dates to come. */
export function UsageTable({
  history,
  forecast,
}: {
  readonly history: History;
  readonly forecast: Forecast;
}) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  return (
    <div className={classes["scroll"]} tabIndex={0} role="region" aria-label={t("table.title")}>
      <Table className={`${classes["changes"]} ${classes["days"]}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("table.day")}</Table.Th>
            <Table.Th>{t("table.marketing")}</Table.Th>
            <Table.Th>{t("table.estimate")}</Table.Th>
            <Table.Th>{t("table.limit")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(history, forecast).map((row) => (
            <Table.Tr key={row.at}>
              <Table.Td>
                {row.isUpdate ? t("table.update", { day: format.date(row.day) }) : format.date(row.day)}
              </Table.Td>
              <Table.Td>{format.number(row.marketing)}</Table.Td>
              <Table.Td data-label={t("table.estimate")}>
                {row.guess && `${format.number(row.guess.low)} – ${format.number(row.guess.high)}`}
              </Table.Td>
              <Table.Td>{row.limit === undefined ? "" : format.number(row.limit)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Days that were, then update dates to come, in one order. */
function rowsOf(history: History, forecast: Forecast) {
  const { points, tiers } = history;
  const { estimate } = forecast;
  const certain = isPast(history, forecast) ? [] : forecast.certain;
  const limitAt = (at: number) => tiers.findLast((tier) => Date.parse(tier.at) <= at)?.contactLimit;
  const past = thinned(points).map(({ day, marketing }) => ({
    at: Date.parse(day) + DAY_MS,
    day,
    marketing,
    isUpdate: false,
    guess: undefined,
  }));
  const ahead = certain.map(({ day, instant, marketing }) => ({
    at: Date.parse(instant),
    day,
    marketing,
    isUpdate: true,
    guess: estimate?.points.find((point) => point.instant === instant),
  }));
  return [...past, ...ahead].map((row) => ({ ...row, limit: limitAt(row.at) }));
}

/** As many days as one reads: with the last one always, and even gaps before it. */
function thinned(points: History["points"]): History["points"] {
  const every = Math.max(1, Math.ceil(points.length / MOST_ROWS));
  return points.filter((_, place) => (points.length - 1 - place) % every === 0);
}
