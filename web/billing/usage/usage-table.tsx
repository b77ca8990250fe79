import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
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
  const limitAt = (at: number) => history.tiers.findLast((tier) => Date.parse(tier.at) <= at)?.contactLimit;
  const limit = (at: number) => {
    const found = limitAt(at);
    return found === undefined ? "" : format.number(found);
  };
  return (
    <div className={classes["scroll"]} tabIndex={0} role="region" aria-label={t("chart.title")}>
      <Table className={classes["changes"] ?? ""}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("table.day")}</Table.Th>
            <Table.Th>{t("table.marketing")}</Table.Th>
            <Table.Th>{t("table.estimate")}</Table.Th>
            <Table.Th>{t("table.limit")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {thinned(history.points).map(({ day, marketing }) => (
            <Table.Tr key={day}>
              <Table.Td>{format.date(day)}</Table.Td>
              <Table.Td>{format.number(marketing)}</Table.Td>
              <Table.Td />
              <Table.Td>{limit(Date.parse(day) + DAY_MS)}</Table.Td>
            </Table.Tr>
          ))}
          {forecast.certain.map(({ day, instant, marketing }) => (
            <Table.Tr key={instant}>
              <Table.Td>{t("table.update", { day: format.date(day) })}</Table.Td>
              <Table.Td>{format.number(marketing)}</Table.Td>
              <Table.Td>{estimated(instant)}</Table.Td>
              <Table.Td>{limit(Date.parse(instant))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );

  function estimated(instant: string): string {
    const point = forecast.estimate?.points.find((each) => each.instant === instant);
    return point === undefined ? "" : `${format.number(point.low)} – ${format.number(point.high)}`;
  }
}

/** As many days as one reads: with the last one always, and even gaps before it. */
function thinned(points: History["points"]): History["points"] {
  const every = Math.max(1, Math.ceil(points.length / MOST_ROWS));
  return points.filter((_, place) => (points.length - 1 - place) % every === 0);
}
