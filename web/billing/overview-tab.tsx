import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { Facts, Section } from "../ui/section.tsx";
import classes from "./billing.module.css";
import { type Billing, majorUnits } from "./billing-query.ts";
import { NextUpdate } from "./next-update.tsx";
import { ProtectionSwitch } from "./protection-switch.tsx";
import { WithoutMarketing } from "./without-marketing.tsx";

export function OverviewTab({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("billing");
  return (
    <>
      {!billing.marketingEnabled && <WithoutMarketing />}
      <div className={classes["columns"]}>
        <Section title={t("plan.title")}>
          <div className={classes["facts"]}>
            <PlanFacts billing={billing} />
          </div>
        </Section>
        <NextUpdate billing={billing} />
      </div>
      {billing.marketingEnabled && <ProtectionSwitch />}
    </>
  );
}

function PlanFacts({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("billing");
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
  ];
  return (
    <Facts
      facts={[
        { label: t("plan.counting"), value: t(`counting.${counting}`) },
        ...(counting === "count" ? [] : paid),
        { label: t("plan.term"), value: t(`term.${term}`) },
        { label: t("plan.renewal"), value: format.dateLong(nextRenewal.day) },
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
