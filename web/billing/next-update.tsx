import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../ui/badge.tsx";
import { daysUntil } from "../ui/days-until.ts";
import { useFormat } from "../ui/format.ts";
import { BigNumber } from "../ui/numbers.tsx";
import { Section } from "../ui/section.tsx";
import classes from "./billing.module.css";
import { type Billing, usageQuery } from "./billing-query.ts";

interface NextUpdateProps {
  readonly billing: Billing;
  /** Instead of the last day: a way on. */
  readonly more?: ReactNode;
}

/** When scheduled changes take effect, what the count is then, and why it is that day. */
export function NextUpdate({ billing, more }: NextUpdateProps) {
  const { t } = useTranslation("billing");
  const format = useFormat();
  const { nextUpdate, timeZone } = billing;
  return (
    <Section>
      <BigNumber
        label={
          <span className={classes["dated"]}>
            {t("update.title")}
            <Badge tone="waiting">{format.inDays(daysUntil(nextUpdate.instant, timeZone))}</Badge>
          </span>
        }
        value={format.dateLong(nextUpdate.day)}
      >
        {t("update.moment", {
          weekday: new Intl.DateTimeFormat(format.language, { weekday: "long", timeZone }).format(
            new Date(nextUpdate.instant),
          ),
          time: format.time(nextUpdate.instant, timeZone),
          zone: timeZone.replaceAll("_", " "),
        })}
      </BigNumber>
      <ThenAndNow />
      <div className={classes["why"]}>
        <p>
          <strong>{t("update.why")}</strong> <Reason billing={billing} /> {more}
        </p>
        {more === undefined && (
          <p>{t("update.until", { day: format.dateLong(dayBefore(nextUpdate.day)) })}</p>
        )}
      </div>
    </Section>
  );
}

const whoWaits = {
  filterGroups: [
    { filters: [{ propertyName: "hs_marketable_until_renewal", operator: "EQ" as const, value: "true" }] },
  ],
};

function ThenAndNow() {
  const { t } = useTranslation("billing");
  const format = useFormat();
  const { data: usage } = useQuery(usageQuery);
  if (usage === undefined) return null;
  const [now, later] = [format.number(usage.marketing), format.number(usage.atNextUpdate)];
  const waiting = t("update.waiting", { count: usage.waiting, number: format.number(usage.waiting) });
  return (
    <p className={classes["then"]}>
      <span aria-hidden>
        {now} → {later}
      </span>
      <span className={classes["spoken"]}>{t("update.then", { now, later })}</span>{" "}
      <span className={classes["waiting"]}>
        {usage.waiting === 0 ? (
          waiting
        ) : (
          <Link to="/contacts" search={{ view: "all", filter: whoWaits }}>
            {waiting}
          </Link>
        )}
      </span>
    </p>
  );
}

function Reason({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("billing");
  const format = useFormat();
  const { nextUpdate, nextRenewal, renewalOn } = billing;
  const values = {
    day: Number(renewalOn.slice(8)),
    month: format.month(nextUpdate.day),
    renewal: format.dateLong(nextRenewal.day),
    anchor: format.dayLong(renewalOn),
  };
  return <>{t(`reason.${nextUpdate.reason}`, values)}</>;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
