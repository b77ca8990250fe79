import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import stacked from "../../ui/stacked.module.css";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import { type TierChanges, tierChangesQuery, useMoney, useWhoText } from "./plan-queries.ts";
import classes from "./plans.module.css";

type Change = TierChanges["changes"][number];

/** Every change of tier and plan: when, why, who, from what to what, and the price a month before and after. */
export function HistoryTab() {
  const { t } = useTranslation("plans");
  const { data, error, refetch } = useQuery(tierChangesQuery);
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows />;
  if (data.changes.length === 0) {
    return (
      <EmptyState icon={IconHistory} title={t("history.none")}>
        {t("history.noneHelp")}
      </EmptyState>
    );
  }
  return (
    <div className={classes["page"]}>
      <Section title={t("history.title")} flush>
        <div className={classes["wrap"]}>
          <table className={`${classes["table"]} ${stacked["stacked"]}`}>
            <thead>
              <tr>
                <th>{t("history.change")}</th>
                <th>{t("history.why")}</th>
                <th>{t("history.who")}</th>
                <th className={classes["number"]}>{t("history.price")}</th>
                <th className={classes["number"]}>{t("history.when")}</th>
              </tr>
            </thead>
            <tbody>
              {data.changes.map((change) => (
                <Row key={change.id} change={change} timeZone={data.timeZone} />
              ))}
            </tbody>
          </table>
        </div>
      </Section>
    </div>
  );
}

function Row({ change, timeZone }: { readonly change: Change; readonly timeZone: string }) {
  const { t } = useTranslation("plans");
  const format = useFormat();
  const who = useWhoText();
  const isLate = Date.parse(change.recordedAt) - Date.parse(change.at) > 3_600_000;
  return (
    <tr>
      <td>
        <b>{useChangeText(change)}</b>
      </td>
      <td data-label={t("history.why")}>{t(`why.${change.why}`)}</td>
      <td data-label={t("history.who")}>{who(change.actor)}</td>
      <td className={classes["number"]} data-label={t("history.price")}>
        <Prices change={change} />
      </td>
      <td className={classes["number"]}>
        {format.dateTime(change.at, timeZone)}
        {isLate && (
          <span className={classes["late"]}>
            {t("history.entered", { date: format.date(change.recordedAt, timeZone) })}
          </span>
        )}
      </td>
    </tr>
  );
}

/** "12,000 → 7,000", with the plans where they differ. */
function useChangeText({ planBefore, planAfter, tierBefore, tierAfter }: Change): string {
  const { t } = useTranslation("billing");
  const format = useFormat();
  const [before, after] = [format.number(tierBefore), format.number(tierAfter)];
  if (planBefore !== planAfter) {
    return `${t(`planName.${planBefore}`)} ${before} → ${t(`planName.${planAfter}`)} ${after}`;
  }
  return tierBefore === tierAfter ? `${t(`planName.${planAfter}`)} ${after}` : `${before} → ${after}`;
}

function Prices({ change }: { readonly change: Change }) {
  const money = useMoney(change.currency);
  const { priceBefore, priceAfter } = change;
  if (priceBefore === null && priceAfter === null) return "–";
  const [before, after] = [priceBefore, priceAfter].map((price) => (price === null ? "–" : money(price)));
  return before === after ? after : `${before} → ${after}`;
}
