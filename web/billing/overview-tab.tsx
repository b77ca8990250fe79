import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../session.ts";
import { useFormat } from "../ui/format.ts";
import { Note } from "../ui/note.tsx";
import { Facts, Section } from "../ui/section.tsx";
import classes from "./billing.module.css";
import { type Billing, majorUnits, usageQuery } from "./billing-query.ts";
import { NextUpdate } from "./next-update.tsx";
import { Costs } from "./plans/costs.tsx";
import { EndMarketing } from "./plans/end-marketing.tsx";
import { TierFall } from "./plans/tier-fall.tsx";
import { ProtectionSwitch } from "./protection-switch.tsx";
import { UsageMeter } from "./usage/usage-meter.tsx";
import { WithoutMarketing } from "./without-marketing.tsx";

/** The answer first: how many and how much room; then plan, next update, what it costs, and what is booked. */
export function OverviewTab({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("billing");
  const { can } = useMe();
  return (
    <div className={classes["tab"]}>
      {billing.marketingEnabled ? <Meter /> : <WithoutMarketing />}
      <div className={classes["columns"]}>
        <Section title={t("plan.title")}>
          <div className={classes["facts"]}>
            <PlanFacts billing={billing} />
          </div>
        </Section>
        <NextUpdate billing={billing} />
      </div>
      {can("billing.view") && billing.counting !== "count" && (
        <>
          <Costs />
          <TierFall billing={billing} />
        </>
      )}
      {billing.marketingEnabled && (
        <>
          <ProtectionSwitch />
          <EndMarketing billing={billing} />
        </>
      )}
    </div>
  );
}

function Meter() {
  const { data: usage } = useQuery(usageQuery);
  const { t } = useTranslation("plans");
  if (usage === undefined) return null;
  if (usage.marketing > 0) return <UsageMeter usage={usage} />;
  return (
    <Note
      title={t("first.title")}
      actions={
        <>
          <Link to="/lists">{t("first.lists")}</Link> <Link to="/contacts">{t("first.contacts")}</Link>
        </>
      }
    >
      {t("first.text")}
    </Note>
  );
}

function PlanFacts({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("billing");
  const { t: plans } = useTranslation("plans");
  const format = useFormat();
  const { plan, counting, term, contactLimit, nextRenewal, timeZone } = billing;
  const price = usePrice(billing);
  const paid = [
    { label: t("plan.name"), value: t(`planName.${plan}`) },
    {
      label: t("plan.tier"),
      value: contactLimit === null ? t("plan.noLimit") : t("plan.limit", count(contactLimit, format.number)),
    },
    ...(price === null ? [] : [{ label: t("plan.price"), value: price }]),
    { label: t("policy.label"), value: t(`policyName.${billing.policy}`) },
  ];
  return (
    <Facts
      facts={[
        { label: t("plan.counting"), value: t(`counting.${counting}`) },
        ...(counting === "count" ? [] : paid),
        { label: t("plan.term"), value: t(`term.${term}`) },
        { label: t("plan.renewal"), value: format.dateLong(nextRenewal.day) },
        ...(billing.maximum === null
          ? []
          : [{ label: plans("maximum"), value: format.number(billing.maximum) }]),
        { label: t("plan.timeZone"), value: timeZone.replaceAll("_", " ") },
      ]}
    />
  );
}

function usePrice({ price, currency }: Billing): string | null {
  const { t } = useTranslation("billing");
  const format = useFormat();
  if (price === null) return null;
  const money = format.money(majorUnits(price.amount, currency), currency);
  return price.example ? t("plan.perMonthExample", { money }) : t("plan.perMonth", { money });
}

function count(number: number, format: (value: number) => string) {
  return { count: number, number: format(number) };
}
