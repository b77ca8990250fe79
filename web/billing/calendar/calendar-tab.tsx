import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import classes from "./calendar.module.css";
import { calendarQuery, type DatePart } from "./calendar-queries.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { FeedCard } from "./feed-card.tsx";
import { SavingsCard } from "./savings-card.tsx";
import { ScheduledContacts } from "./scheduled-contacts.tsx";
import { UpdateDates } from "./update-dates.tsx";

/** What takes effect when, until when it can be cancelled, and what it has saved so far. */
export function CalendarTab() {
  const { data: calendar, error, refetch } = useQuery(calendarQuery);
  const [cancelling, setCancelling] = useState<(DatePart & { readonly ids?: string[] }) | null>(null);
  const [shown, setShown] = useState<DatePart | null>(null);
  if (error !== null && calendar === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (calendar === undefined) return <LoadingRows rows={8} />;
  return (
    <div className={classes["tab"]}>
      <UpdateDates calendar={calendar} onCancel={setCancelling} onShow={setShown} />
      <div className={classes["side"]}>
        <SavingsCard />
        <FeedCard />
      </div>
      <ScheduledContacts part={shown} onClose={() => setShown(null)} onCancel={setCancelling} />
      <CancelDialog part={cancelling} onClose={() => setCancelling(null)} />
    </div>
  );
}
