import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockPause,
  IconFlag,
  IconHistory,
  IconLogin2,
  IconLogout2,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import { Timeline, type TimelineEntry } from "../../ui/timeline.tsx";
import { ContactLink } from "./contact-link.tsx";
import { EntryBody, EntryDetail } from "./entry-text.tsx";
import classes from "./history.module.css";
import { type Entry, eventsQuery } from "./history-queries.ts";
import { given, Paged } from "./paged.tsx";
import type { RecordsProps } from "./records-props.ts";
import type { StepLookup } from "./use-step-lookup.ts";

const pictures: Record<Entry["kind"], TimelineEntry["icon"]> = {
  enrolled: IconLogin2,
  done: IconCircleCheck,
  info: IconClockPause,
  parked: IconAlertTriangle,
  finished: IconFlag,
  left: IconLogout2,
};

interface ListProps extends RecordsProps {
  readonly busy: boolean;
}

/** What happened to whom at which step, newest first; it follows what happens. */
export function EventsList({ workflowId, history, lookup, busy }: ListProps) {
  const { step, kind, outcome, contact: contactId, query } = history.view;
  const wanted = given({ step, kind, outcome, contactId, query });
  const events = useInfiniteQuery(eventsQuery({ workflowId, ...wanted }, busy));
  return (
    <Paged query={events}>
      {(pages) => {
        const entries = pages.flatMap((page) => page.entries);
        if (entries.length === 0) return <Nothing filtered={Object.keys(wanted).length > 0} />;
        return <Days entries={entries} lookup={lookup} />;
      }}
    </Paged>
  );
}

interface DaysProps {
  readonly entries: readonly Entry[];
  readonly lookup: StepLookup;
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  const { t } = useTranslation("workflow-history");
  if (filtered) return <p className={classes["quiet"]}>{t("events.noMatch")}</p>;
  return (
    <EmptyState icon={IconHistory} title={t("events.empty")}>
      {t("events.emptyText")}
    </EmptyState>
  );
}

/** Under the days on which it happened. */
function Days({ entries, lookup }: DaysProps) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const day = format.dateLong(entry.at);
    const told = {
      id: entry.id,
      icon: pictures[entry.kind],
      title: (
        <>
          <ContactLink contact={entry.contact} />
          <span className={classes["entryStep"]}>
            {entry.kind === "enrolled" ? t("kind.enrolled") : lookup.title(entry.step, entry.version)}
          </span>
        </>
      ),
      detail: <EntryDetail entry={entry} lookup={lookup} withLedger />,
      when: format.time(entry.at),
      instant: entry.at,
      ...(entry.message !== null && { body: <EntryBody entry={entry} /> }),
    };
    days.set(day, [...(days.get(day) ?? []), told]);
  }
  return <Timeline groups={[...days].map(([heading, told]) => ({ heading, entries: told }))} />;
}
