import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { BigNumber, Stat, StatRow } from "../../ui/numbers.tsx";
import { Section } from "../../ui/section.tsx";
import { type Outlook, outlookQuery, useMoney } from "./plan-queries.ts";

/** What it costs a month now, after the next update and after renewal: what is scheduled and booked, nothing guessed. */
export function Costs() {
  const { t } = useTranslation("plans");
  const format = useFormat();
  const { data: outlook } = useQuery(outlookQuery);
  if (outlook === undefined || outlook.fall === null || outlook.now.price === null) return null;
  const { now, atUpdate, atRenewal } = outlook;
  const isOne = atUpdate.day === atRenewal.day;
  return (
    <Section title={t("costs.title")} flush>
      <StatRow>
        <Stat>
          <Cost outlook={outlook} standing={now} label={t("costs.now")} />
        </Stat>
        {!isOne && (
          <Stat>
            <Cost
              outlook={outlook}
              standing={atUpdate}
              label={t("costs.afterUpdate", { date: format.date(atUpdate.day) })}
            />
          </Stat>
        )}
        <Stat strong>
          <Cost
            outlook={outlook}
            standing={atRenewal}
            label={t(isOne ? "costs.afterBoth" : "costs.afterRenewal", { date: format.date(atRenewal.day) })}
          />
        </Stat>
      </StatRow>
    </Section>
  );
}

interface CostProps {
  readonly outlook: Outlook;
  readonly standing: Outlook["now"];
  readonly label: string;
}

function Cost({ outlook, standing, label }: CostProps) {
  const { t } = useTranslation("plans");
  const { t: billing } = useTranslation("billing");
  const format = useFormat();
  const money = useMoney(outlook.currency);
  const { plan, tier, usage, price } = standing;
  return (
    <BigNumber
      size="dialog"
      label={label}
      value={price === null ? "–" : money(price)}
      beside={t(outlook.example ? "costs.monthExample" : "costs.month")}
    >
      {t("costs.standing", {
        plan: billing(`planName.${plan}`),
        tier: format.number(tier),
        usage: format.number(usage),
      })}
    </BigNumber>
  );
}
