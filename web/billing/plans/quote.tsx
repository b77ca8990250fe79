import { Checkbox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, type Input, type Reply } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { FormError } from "../../ui/states.tsx";
import { useMoney } from "./plan-queries.ts";
import classes from "./plans.module.css";

type Change = Input<"PATCH /api/billing">;
type Quoted = Reply<"POST /api/billing/quote">;

const WAIT_MS = 350;

interface QuoteProps {
  readonly change: Change;
  readonly onNow: (now: boolean) => void;
}

/** What the change on screen would cost and when it takes effect, before it is saved. */
export function Quote({ change, onNow }: QuoteProps) {
  const { plan, counting, tier, currency, when } = change;
  const wish = Object.fromEntries(
    Object.entries({ plan, counting, tier, currency, when }).filter(([, value]) => value !== undefined),
  );
  const [settled] = useDebouncedValue(JSON.stringify(wish), WAIT_MS);
  const isAsked = Object.keys(wish).some((name) => name !== "when");
  const { data, error } = useQuery({
    queryKey: ["billing", "quote", settled],
    queryFn: ({ signal }) => call("POST /api/billing/quote", JSON.parse(settled) as Change, { signal }),
    enabled: isAsked && settled !== "{}",
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!isAsked) return null;
  if (error !== null) return <FormError error={error} />;
  if (data === undefined) return null;
  const canBeNow = data.booked.length > 0 || when === "now";
  return (
    <div className={classes["stack"]} role="status">
      <Effect quote={data} />
      {canBeNow && <Now checked={when === "now"} onChange={onNow} />}
    </div>
  );
}

function Effect({ quote }: { readonly quote: Quoted }) {
  const { t } = useTranslation("plans");
  const { t: billing } = useTranslation("billing");
  const format = useFormat();
  const money = useMoney(quote.currency);
  const { now, after, untilRenewal, renewalDay, booked, loses } = quote;
  const isMore = now.tier !== after.tier || now.plan !== after.plan;
  return (
    <>
      {isMore && after.price !== null && (
        <Note
          title={t("quote.now", {
            plan: billing(`planName.${after.plan}`),
            tier: format.number(after.tier),
            money: money(after.price),
          })}
        >
          {untilRenewal !== null &&
            t("quote.until", { money: money(untilRenewal), date: format.dateLong(renewalDay) })}
        </Note>
      )}
      {booked.map(({ what, plan, tier, price, day }) => (
        <Note
          key={what}
          kind="date"
          title={t(`quote.booked.${what}`, {
            date: format.dateLong(day),
            plan: billing(`planName.${plan}`),
            tier: format.number(tier),
          })}
        >
          {price !== null && t("quote.then", { money: money(price) })}{" "}
          {what === "tier" && t("quote.mustFit", { tier: format.number(tier) })}
        </Note>
      ))}
      {loses.length > 0 && (
        <Note title={t("quote.loses")}>{format.list(loses.map((feature) => t(`feature.${feature}`)))}</Note>
      )}
    </>
  );
}

function Now({
  checked,
  onChange,
}: {
  readonly checked: boolean;
  readonly onChange: (now: boolean) => void;
}) {
  const { t } = useTranslation("plans");
  return (
    <Checkbox
      label={t("quote.atOnce")}
      description={t("quote.atOnceHelp")}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
