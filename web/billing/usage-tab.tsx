import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { BigNumber } from "../ui/numbers.tsx";
import { Section } from "../ui/section.tsx";
import { Legend, type Segment, SplitBar } from "../ui/split-bar.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import classes from "./billing.module.css";
import { type Billing, type Usage, usageQuery } from "./billing-query.ts";
import { NextUpdate } from "./next-update.tsx";
import { WithoutMarketing } from "./without-marketing.tsx";

export function UsageTab({ billing }: { readonly billing: Billing }) {
  const { data: usage, error, refetch } = useQuery(usageQuery);
  if (!billing.marketingEnabled) return <WithoutMarketing />;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (usage === undefined) return <LoadingRows />;
  return (
    <div className={classes["columns"]}>
      <Meter usage={usage} />
      <NextUpdate billing={billing} />
    </div>
  );
}

/** Who counts, who waits, and the room that is left: the segments add up to the limit, or to everybody. */
function Meter({ usage }: { readonly usage: Usage }) {
  const { t } = useTranslation("billing");
  const format = useFormat();
  const { marketing, waiting, nonMarketing, total, contactLimit, headroom } = usage;
  const room = Math.max(0, (contactLimit ?? total) - marketing);
  const segments: Segment[] = [
    { role: "counts", value: marketing - waiting, label: t("usage.staying") },
    { role: "waiting", value: waiting, label: t("usage.waiting") },
    { role: "room", value: room, label: t(contactLimit === null ? "usage.nonMarketing" : "usage.headroom") },
  ];
  const said = t("usage.of", { used: format.number(marketing), limit: format.number(contactLimit ?? total) });
  return (
    <Section>
      <div className={classes["meter"]}>
        <BigNumber size="hero" label={t("usage.now")} value={format.number(marketing)} />
        {headroom !== null && (
          <div className={classes["room"]}>
            <BigNumber
              label={t(headroom < 0 ? "usage.over" : "usage.headroom")}
              value={format.number(Math.abs(headroom))}
            />
          </div>
        )}
      </div>
      <SplitBar segments={segments} label={said} size="hero" />
      {contactLimit !== null && (
        <p className={classes["limit"]}>
          {t("usage.limit")} <b>{format.number(contactLimit)}</b>
        </p>
      )}
      <Legend segments={segments.map((segment) => ({ ...segment, value: format.number(segment.value) }))}>
        {contactLimit !== null && (
          <Total label={t("usage.nonMarketing")} value={format.number(nonMarketing)} />
        )}
        <Total label={t("usage.total")} value={format.number(total)} />
      </Legend>
      <p className={classes["more"]}>
        <Link to="/contacts">{t("usage.showContacts")}</Link>
      </p>
    </Section>
  );
}

function Total({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <span>
      {label} <b>{value}</b>
    </span>
  );
}
