import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { Timeline, type TimelineEntry } from "../../ui/timeline.tsx";
import { type Contact, type Entry, timelineQuery } from "./contact-queries.ts";
import { NoteBody, NoteForm } from "./note-form.tsx";
import classes from "./record.module.css";
import { useDescribeEntry } from "./use-describe-entry.tsx";

const tabs = { all: "", status: "status,fact", changes: "change,merge", notes: "note" } as const;
type Tab = keyof typeof tabs;

interface TimelineColumnProps {
  readonly contact: Contact;
  /** Whether a note is being written. */
  readonly writing: boolean;
  readonly onWritten: () => void;
}

/** Everything that happened to a contact, newest first, month by month. */
export function TimelineColumn({ contact, writing, onWritten }: TimelineColumnProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const [tab, setTab] = useState<Tab>("all");
  const timeline = useInfiniteQuery(timelineQuery(contact.id, tabs[tab]));
  const groups = useGroups(contact, timeline.data?.pages.flatMap(({ entries }) => entries) ?? []);
  const beginning = t("timeline.beginning", { date: format.dateLong(contact.createdAt) });
  return (
    <>
      <div className={classes["bar"]}>
        <h2>{t("timeline.title")}</h2>
        <SegmentedControl
          aria-label={t("timeline.show")}
          value={tab}
          onChange={setTab}
          data={(Object.keys(tabs) as Tab[]).map((value) => ({ value, label: t(`timeline.tab.${value}`) }))}
        />
      </div>
      {writing && <NoteForm contactId={contact.id} onClose={onWritten} />}
      {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isPending && <LoadingRows rows={6} />}
      {timeline.data && <Timeline groups={groups} end={timeline.hasNextPage ? undefined : beginning} />}
      {timeline.hasNextPage && (
        <Button
          variant="default"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {t("timeline.older")}
        </Button>
      )}
    </>
  );
}

function useGroups(contact: Contact, entries: readonly Entry[]) {
  const format = useFormat();
  const describe = useDescribeEntry(contact);
  const groups = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const month = format.month(entry.at);
    const body = entry.body === null ? {} : { body: <NoteBody contact={contact} entry={entry} /> };
    groups.set(month, [...(groups.get(month) ?? []), { ...describe(entry), ...body }]);
  }
  return [...groups].map(([heading, list]) => ({ heading, entries: list }));
}
