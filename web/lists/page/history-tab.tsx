import { Button } from "@mantine/core";
import {
  IconEdit,
  IconPlus,
  IconRestore,
  IconSnowflake,
  IconTrash,
  IconUserMinus,
  IconUserPlus,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { Timeline, type TimelineEntry } from "../../ui/timeline.tsx";
import { useActorName } from "../index/use-list-columns.tsx";
import { historyQuery } from "../list-queries.ts";
import classes from "../lists.module.css";

type Entry = Reply<"GET /api/lists/:listId/history">["entries"][number];

const pictures: Record<string, TimelineEntry["icon"]> = {
  "list.created": IconPlus,
  "list.updated": IconEdit,
  "list.converted": IconSnowflake,
  "list.deleted": IconTrash,
  "list.restored": IconRestore,
  "list.joined": IconUserPlus,
  "list.left": IconUserMinus,
};

/** What was done to the list, and who joined and left, newest first. */
export function HistoryTab({ listId }: { readonly listId: string }) {
  const { t } = useTranslation("lists");
  const history = useInfiniteQuery(historyQuery(listId));
  const groups = useGroups(history.data?.pages.flatMap(({ entries }) => entries) ?? []);
  return (
    <div className={classes["tab"]}>
      <PageBody width={820}>
        <Section title={t("history.title")}>
          {history.isError && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
          {history.isPending && <LoadingRows />}
          {history.isSuccess && <Timeline groups={groups} />}
          {history.hasNextPage && (
            <Button
              variant="default"
              size="sm"
              loading={history.isFetchingNextPage}
              onClick={() => void history.fetchNextPage()}
            >
              {t("history.more")}
            </Button>
          )}
        </Section>
      </PageBody>
    </div>
  );
}

/** Under the days on which it happened. */
function useGroups(entries: readonly Entry[]) {
  const format = useFormat();
  const describe = useDescribe();
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const day = format.dateLong(entry.at);
    days.set(day, [...(days.get(day) ?? []), describe(entry)]);
  }
  return [...days].map(([heading, told]) => ({ heading, entries: told }));
}

function useDescribe(): (entry: Entry) => TimelineEntry {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const actor = useActorName();
  const title = useTitle();
  return (entry) => ({
    id: entry.id,
    icon: pictures[entry.type] ?? IconEdit,
    title: title(entry),
    detail: (
      <>
        {actor(entry.actor)}
        {entry.operationId !== null && (
          <>
            {", "}
            <Link to="/operations/$operationId" params={{ operationId: entry.operationId }}>
              {t("operations:operationNumber", { id: entry.operationId })}
            </Link>
          </>
        )}
      </>
    ),
    when: format.time(entry.at),
    instant: entry.at,
    ...(entry.contacts > 1 && { body: <Names entry={entry} /> }),
  });
}

function useTitle(): (entry: Entry) => ReactNode {
  const { t } = useTranslation("lists");
  const nameOf = useNameOf();
  const format = useFormat();
  return ({ type, contacts, some, changed }) => {
    if (type === "list.joined" || type === "list.left") {
      const key = type === "list.joined" ? "joined" : "left";
      const [only] = some;
      if (contacts === 1 && only) {
        return <Person person={only}>{t(`history.${key}`, { name: nameOf(only) })}</Person>;
      }
      return t(`history.${key}Several`, { count: contacts, number: format.number(contacts) });
    }
    if (type === "list.updated") {
      const parts = changed.map((each) =>
        t(`history.changed.${each === "filter" || each === "folderId" ? each : "name"}`),
      );
      return t("history.updated", { what: format.list(parts) });
    }
    const known = ["created", "converted", "deleted", "restored"] as const;
    const verb = known.find((each) => type === `list.${each}`);
    return verb ? t(`history.${verb}`) : type;
  };
}

function useNameOf(): (person: Entry["some"][number]) => string {
  const { t } = useTranslation("lists");
  return ({ id, name, isGone }) => name || t(isGone ? "history.gone" : "contacts-index:nameless", { id });
}

interface PersonProps {
  readonly person: Entry["some"][number];
  readonly children: ReactNode;
}

/** Leads to the contact, unless nothing is left of it but its number. */
function Person({ person, children }: PersonProps) {
  if (person.isGone) return children;
  return (
    <Link to="/contacts/$contactId" params={{ contactId: person.id }}>
      {children}
    </Link>
  );
}

/** The first of several, and how many more. */
function Names({ entry: { some, contacts } }: { readonly entry: Entry }) {
  const { t } = useTranslation("lists");
  const nameOf = useNameOf();
  const format = useFormat();
  const more = contacts - some.length;
  return (
    <>
      {some.map((person, place) => (
        <Fragment key={person.id}>
          {place > 0 && ", "}
          <Person person={person}>{nameOf(person)}</Person>
        </Fragment>
      ))}
      {more > 0 && ` ${t("history.andMore", { count: more, number: format.number(more) })}`}
    </>
  );
}
