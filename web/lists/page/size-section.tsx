import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { useMe } from "../../session.ts";
import figures from "../../ui/figures.module.css";
import { useFormat } from "../../ui/format.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { sizesQuery } from "../list-queries.ts";
import classes from "../lists.module.css";

const SizeChart = lazyPart(async () => (await import("./size-chart.tsx")).SizeChart, <LoadingRows />);

type Day = Reply<"GET /api/lists/:listId/sizes">["days"][number];

const ranges = { "30": "page.days30", "90": "page.days90", "365": "page.days365" } as const;
type Range = keyof typeof ranges;
const DAY_MS = 86_400_000;

/** How big the list was, as a chart and as the same numbers in a table. */
export function SizeSection({ listId }: { readonly listId: string }) {
  const { t } = useTranslation("lists");
  const [range, setRange] = useState<Range>("30");
  const [shape, setShape] = useState("chart");
  const { data, error, refetch } = useQuery(sizesQuery(listId, useFirstDay(Number(range))));
  return (
    <Section
      title={t("page.size")}
      aside={
        <span className={classes["controls"]}>
          <SegmentedControl
            size="xs"
            aria-label={t("page.range")}
            value={range}
            data={Object.entries(ranges).map(([value, key]) => ({ value, label: t(key) }))}
            onChange={(value) => setRange(value as Range)}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("page.shape")}
            value={shape}
            data={[
              { value: "chart", label: t("page.asChart") },
              { value: "table", label: t("page.asTable") },
            ]}
            onChange={setShape}
          />
        </span>
      }
    >
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows />}
      {data && (shape === "chart" ? <Chart days={data.days} /> : <SizeTable days={data.days} />)}
    </Section>
  );
}

/** The first day of the range, as a day of the account. */
function useFirstDay(days: number): string {
  const { account } = useMe();
  const from = new Date(Date.now() - (days - 1) * DAY_MS);
  return new Intl.DateTimeFormat("en-CA", { timeZone: account?.timeZone ?? "UTC" }).format(from);
}

interface DaysProps {
  readonly days: readonly Day[];
}

function Chart({ days }: DaysProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const last = days.at(-1);
  return (
    <>
      {last && (
        <p className={classes["chartText"]}>
          {t("page.sizeText", {
            count: last.members,
            number: format.number(last.members),
            date: format.dateLong(last.day),
            joined: format.number(days.reduce((sum, { joined }) => sum + joined, 0)),
            left: format.number(days.reduce((sum, { left }) => sum + left, 0)),
          })}
        </p>
      )}
      <SizeChart points={drawn(days)} />
    </>
  );
}

/** A single day has no line: it begins the day before. */
function drawn(days: readonly Day[]): readonly Pick<Day, "day" | "members">[] {
  const [first] = days;
  if (first === undefined || days.length > 1) return days;
  const before = new Date(new Date(first.day).getTime() - DAY_MS).toISOString().slice(0, 10);
  return [{ day: before, members: first.members - first.joined + first.left }, first];
}

/** Newest first; only days on which something happened, and both ends. */
function SizeTable({ days }: DaysProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const told = days.filter(
    ({ joined, left }, place) => joined > 0 || left > 0 || place === 0 || place === days.length - 1,
  );
  return (
    <div className={figures["frame"]} tabIndex={0} role="region" aria-label={t("page.size")}>
      <table className={figures["figures"]}>
        <thead>
          <tr>
            <th scope="col">{t("page.day")}</th>
            <th scope="col">{t("page.joined")}</th>
            <th scope="col">{t("page.left")}</th>
            <th scope="col">{t("column.members")}</th>
          </tr>
        </thead>
        <tbody>
          {told.toReversed().map(({ day, joined, left, members }) => (
            <tr key={day}>
              <th scope="row">{format.date(day)}</th>
              <td>{joined === 0 ? "–" : format.signed(joined)}</td>
              <td>{left === 0 ? "–" : format.signed(-left)}</td>
              <td>{format.number(members)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
