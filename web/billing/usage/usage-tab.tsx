import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import type { Billing } from "../billing-query.ts";
import { NextUpdate } from "../next-update.tsx";
import classes from "./usage.module.css";
import { UsageChanges } from "./usage-changes.tsx";
import { UsageChart } from "./usage-chart.tsx";
import { UsageMeter } from "./usage-meter.tsx";
import { liveUsageQuery } from "./usage-queries.ts";

/** How many, how much room, what day; then how it came to this, and where it goes. */
export function UsageTab({ billing }: { readonly billing: Billing }) {
  const { data: usage, error, refetch } = useQuery(liveUsageQuery);
  if (error !== null && usage === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (usage === undefined) return <LoadingRows />;
  return (
    <div className={classes["tab"]}>
      <div className={classes["top"]}>
        <UsageMeter usage={usage} />
        <NextUpdate billing={billing} more={<CalendarLink />} />
      </div>
      <div className={classes["bottom"]}>
        <UsageChart usage={usage} />
        <UsageChanges />
      </div>
    </div>
  );
}

function CalendarLink() {
  const { t } = useTranslation("billing");
  return (
    <Link to="/billing" search={{ tab: "calendar" }}>
      {t("tab.calendar")}
    </Link>
  );
}
