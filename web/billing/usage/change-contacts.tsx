import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { PagedList } from "../../ui/paged-list.tsx";
import people from "../../ui/people-list.module.css";
import { PersonName } from "../../ui/person-name.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import classes from "./usage.module.css";
import type { Line } from "./usage-queries.ts";
import { useLineText } from "./use-line-text.ts";

export interface LineSpan {
  readonly line: Line;
  readonly from: string;
  readonly to: string;
}

interface ChangeContactsProps {
  readonly span: LineSpan | null;
  readonly timeZone: string;
  readonly onClose: () => void;
}

/** The contacts behind a line, with what became of each. */
export function ChangeContacts({ span, timeZone, onClose }: ChangeContactsProps) {
  const { t } = useTranslation("usage");
  const text = useLineText(timeZone);
  return (
    <SidePanel
      opened={span !== null}
      onClose={onClose}
      title={span === null ? "" : text(span.line)}
      above={t("changes.title")}
    >
      {span !== null && <ChangedPeople span={span} />}
    </SidePanel>
  );
}

/** Each once, with what became of it in the span. */
export function ChangedPeople({ span }: { readonly span: LineSpan }) {
  const { t } = useTranslation("usage");
  const query = useInfiniteQuery({
    queryKey: ["usage", "contacts", span],
    queryFn: ({ pageParam, signal }) =>
      call(
        "GET /api/usage/changes/contacts",
        { ...asked(span), ...(pageParam && { after: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }) => after,
  });
  return (
    <PagedList query={query} more={t("contacts.more")} className={people["people"]}>
      {({ contacts }) =>
        contacts.map((contact) => (
          <li key={contact.id}>
            <PersonName
              person={contact}
              gone={contact.isGone ? t("contacts.gone", { id: contact.id }) : undefined}
            />
            <Effect {...contact} />
          </li>
        ))
      }
    </PagedList>
  );
}

function Effect(moved: { readonly raised: number; readonly lowered: number; readonly scheduled: number }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { raised, lowered, scheduled } = moved;
  const parts = [
    ...(raised > 0 ? [format.signed(raised)] : []),
    ...(lowered > 0 ? [format.signed(-lowered)] : []),
    ...(scheduled > 0 ? [t("contacts.waits")] : []),
    ...(scheduled < 0 ? [t("contacts.waitsNoMore")] : []),
  ];
  return <small className={classes["effect"]}>{parts.join(" · ")}</small>;
}

function asked({ line, from, to }: LineSpan) {
  const { type, at, operationId, sourceType, sourceId } = line;
  const known = Object.entries({ at, operationId, sourceType, sourceId }).filter(
    ([, value]) => value !== null,
  );
  return { from, to, type, limit: 100, ...(Object.fromEntries(known) as Record<string, string>) };
}
