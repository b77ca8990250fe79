import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { majorUnits } from "../../billing/billing-query.ts";
import { roomEnd } from "../../billing/room-end.ts";
import { type Format, useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { Legend, SplitBar } from "../../ui/split-bar.tsx";
import { roomLabel } from "./room-label.ts";
import classes from "./wizard.module.css";
import type { Review } from "./wizard-query.ts";

const moments = ["now", "after", "atNextUpdate"] as const;

/** Now, after updating, and at the next update: each column sums to the same total. */
export function NumbersCard({ review }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const end = roomEnd(review);
  const isMaximum = end?.isMaximum ?? false;
  return (
    <Section
      title={t("numbers.title")}
      aside={
        <Legend
          segments={[
            { role: "counts", label: t("legend.marketing") },
            { role: "waiting", label: t("legend.waiting") },
            { role: "room", label: t(roomLabel(end)) },
          ]}
        />
      }
    >
      <table className={classes["numbers"]}>
        <Head review={review} />
        <tbody>
          <Bars review={review} />
          <Row name="marketing" values={moments.map((at) => review.usage[at].marketing)} kind="main" />
          <Row name="waiting" values={moments.map((at) => review.usage[at].waiting)} kind="inner" />
          <Row name="nonMarketing" values={moments.map((at) => review.usage[at].nonMarketing)} />
          <Row name="total" values={moments.map(() => review.contacts)} kind="sum" />
          {end !== null && (
            <>
              <Row name="tier" values={moments.map((at) => tierAt(review, at))} />
              {isMaximum && <Row name="maximum" values={moments.map(() => end.at)} />}
              <Row
                name={isMaximum ? "headroomMaximum" : "headroom"}
                values={moments.map((at) => endAt(review, at) - review.usage[at].marketing)}
              />
            </>
          )}
        </tbody>
      </table>
      <Price review={review} />
    </Section>
  );
}

/** The tier is the present one until its own date. */
function tierAt({ tier, contactLimit }: Review, at: (typeof moments)[number]): number {
  const falls = tier?.falls === "update" && at === "atNextUpdate";
  return falls ? tier.after : (contactLimit ?? 0);
}

/** Where the room ends then: at the tier, or at a maximum below it. */
function endAt(review: Review, at: (typeof moments)[number]): number {
  return Math.min(tierAt(review, at), review.maximum ?? Number.POSITIVE_INFINITY);
}

function Head({ review: { effectiveAt, timeZone } }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  return (
    <thead>
      <tr>
        <td />
        <th scope="col">{t("numbers.now")}</th>
        <th scope="col">{t("numbers.after")}</th>
        <th scope="col">
          <span className={classes["wide"]}>{t("numbers.atNextUpdate")}</span>
          <span className={classes["date"]}>{format.date(effectiveAt, timeZone)}</span>
        </th>
      </tr>
    </thead>
  );
}

function Bars({ review }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const { usage, contacts } = review;
  const end = roomEnd(review);
  return (
    <tr className={classes["barRow"]}>
      <th scope="row">
        {end && t(end.isMaximum ? "numbers.toMaximum" : "numbers.limit", { number: format.number(end.at) })}
      </th>
      {moments.map((at) => {
        const { marketing, waiting } = usage[at];
        const whole = end === null ? contacts : Math.max(endAt(review, at), marketing);
        return (
          <td key={at}>
            <SplitBar
              size="full"
              label={format.number(marketing)}
              segments={[
                { role: "counts", value: marketing - waiting, label: "" },
                { role: "waiting", value: waiting, label: "" },
                { role: "room", value: whole - marketing, label: "" },
              ]}
            />
          </td>
        );
      })}
    </tr>
  );
}

interface RowProps {
  readonly name: string;
  readonly values: readonly number[];
  readonly kind?: "main" | "inner" | "sum";
}

function Row({ name, values, kind }: RowProps) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  return (
    <tr data-kind={kind}>
      <th scope="row">{t(`numbers.${name}`)}</th>
      {values.map((value, place) => (
        <td key={moments[place]}>{format.number(value)}</td>
      ))}
    </tr>
  );
}

/** When the price falls is another date than when the contacts stop counting. */
function Price({ review: { tier, timeZone } }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  if (tier === null) return null;
  const date = format.dateLong(tier.fallsAt, timeZone);
  const example = tier.price?.example ? t("price.example") : "";
  if (tier.after >= tier.now) {
    const said = t(tier.falls === "renewal" ? "price.sameRenewal" : "price.sameUpdate", {
      tier: format.number(tier.now),
      date,
    });
    return <Note>{[said, unchanged(tier.price, format, t), example].filter(Boolean).join(" ")}</Note>;
  }
  return (
    <Note kind="gain" title={t(`price.${tier.falls}`, { date })}>
      {t("price.tiers", { now: format.number(tier.now), later: format.number(tier.after) })}
      {tier.price !== null && `, ${prices(tier.price, format, t("price.month"))}`}. {example}
    </Note>
  );
}

type TierPrice = NonNullable<NonNullable<Review["tier"]>["price"]>;

/** What goes on being paid; nothing for those who may not see prices. */
function unchanged(price: TierPrice | null, format: Format, t: TFunction<"cleanup">): string {
  return price === null ? "" : t("price.sameMoney", { money: money(price.now, price, format) });
}

function prices(price: TierPrice, format: Format, month: string): string {
  return `${money(price.now, price, format)} → ${money(price.after, price, format)} ${month}`;
}

function money(amount: number, { currency }: TierPrice, format: Format): string {
  return format.money(majorUnits(amount, currency), currency);
}
