import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { usageQuery } from "../../billing/billing-query.ts";
import { useMe } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import type { WorkflowPrice } from "../workflow-query.ts";
import classes from "./builder.module.css";
import { useBuilder } from "./state/builder-context.ts";

/** What turning it on now would do; it stays in sight while one builds. */
export function PriceStrip() {
  const { t } = useTranslation("workflow-builder");
  const { counts } = useBuilder();
  const format = useFormat();
  const { account } = useMe();
  const { price } = counts;
  const without = useQuery(usageQuery).data?.atNextUpdate;
  if (!price) return null;
  const { usage, enrolls } = price;
  if (enrolls === null)
    return (
      <section className={classes["price"]} data-single aria-label={t("price.label")}>
        <div>
          <span>{t("price.later")}</span>
        </div>
      </section>
    );
  const { lowered, raised } = changes(price);
  const number = format.number;
  return (
    <section className={classes["price"]} aria-label={t("price.label")}>
      <div>
        <span>{t("price.enrolls")}</span>
        <strong>{number(enrolls)}</strong>
      </div>
      <div>
        <span>{t("price.sets")}</span>
        {lowered === 0 && raised === 0 && <strong>{t("price.nobody")}</strong>}
        {lowered > 0 && (
          <strong>
            {number(lowered)} <small>{t("price.lowered")}</small>
          </strong>
        )}
        {raised > 0 && (
          <strong>
            {number(raised)} <small>{t("price.raised")}</small>
          </strong>
        )}
      </div>
      <div data-main>
        <span>{t("price.usage", { date: format.dayLong(usage.nextUpdate, account?.timeZone) })}</span>
        <strong>
          {without !== undefined && `${number(without)} → `}
          {number(usage.atUpdate)}
        </strong>
      </div>
    </section>
  );
}

function changes({ steps }: WorkflowPrice): { lowered: number; raised: number } {
  const outcomes = Object.values(steps).flatMap((step) => step.outcomes);
  const sum = (name: string) =>
    outcomes.filter(({ outcome }) => outcome === name).reduce((total, { contacts }) => total + contacts, 0);
  return { lowered: sum("scheduled"), raised: sum("set_marketing") + sum("unscheduled") };
}
