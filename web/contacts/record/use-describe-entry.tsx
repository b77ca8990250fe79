import {
  IconArrowMerge,
  IconBan,
  IconCircleDot,
  IconClock,
  IconMailX,
  IconMoodSad,
  IconNote,
  IconPencil,
  IconUserPlus,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import { useValueText } from "../../properties/use-value-text.ts";
import { useFormat } from "../../ui/format.ts";
import type { TimelineEntry } from "../../ui/timeline.tsx";
import type { Contact, Entry } from "./contact-queries.ts";
import { useChangeText } from "./use-change-text.ts";
import { useSourceText } from "./use-source-text.ts";

type Words = Pick<TimelineEntry, "icon" | "title"> & { readonly extra?: ReactNode };

/** Says a timeline entry in the reader's words. */
export function useDescribeEntry(contact: Contact): (entry: Entry) => TimelineEntry {
  const format = useFormat();
  const sourceText = useSourceText();
  const describeStatus = useDescribeStatus();
  const describeChange = useDescribeChange(contact);
  const describe = (entry: Entry): Words =>
    entry.kind === "change" ? describeChange(entry) : describeStatus(entry);
  return (entry) => {
    const { extra, ...words } = describe(entry);
    const by = entry.kind === "note" || entry.kind === "merge" ? null : sourceText(entry);
    return {
      id: `${entry.kind}-${entry.id}`,
      ...words,
      detail: (
        <>
          {extra}
          {extra && by ? " · " : null}
          {by}
          <OperationLink operationId={entry.operationId} before={by !== null} />
        </>
      ),
      when: `${format.day(entry.at)}, ${format.time(entry.at)}`,
      instant: entry.at,
    };
  };
}

/** Leads from something to the bulk change that did it. */
export function OperationLink({
  operationId,
  before,
}: {
  readonly operationId: string | null;
  readonly before: boolean;
}) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  if (operationId === null) return null;
  return (
    <>
      {before && ", "}
      <Link to="/operations/$operationId" params={{ operationId }}>
        {t("operation", { number: format.number(Number(operationId)) })}
      </Link>
    </>
  );
}

const factIcons: Record<string, TimelineEntry["icon"]> = {
  opt_out: IconBan,
  bounce: IconMailX,
  complaint: IconMoodSad,
};

function useDescribeStatus(): (entry: Entry) => Words {
  const { t } = useTranslation("contact");
  const changeText = useChangeText();
  return (entry) => {
    const code = entry.code ?? "";
    if (entry.kind === "note") {
      const { name } = entry.actor;
      return { icon: IconNote, title: name ? t("note.by", { name }) : t("note.title") };
    }
    if (entry.kind === "merge")
      return { icon: IconArrowMerge, title: t("merge.entry", { id: entry.mergedId }) };
    if (entry.kind === "fact") return { icon: factIcons[code] ?? IconBan, title: t(`fact.${code}`) };
    const icon = code === "scheduled" || code === "rescheduled" ? IconClock : IconCircleDot;
    return { icon, title: changeText({ kind: code, effectiveAt: entry.effectiveAt ?? entry.at }) };
  };
}

function useDescribeChange(contact: Contact): (entry: Entry) => Words {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const describeValue = useDescribeValue();
  const { data } = useQuery(propertiesQuery);
  const label = (name: string) => data?.properties.find((known) => known.name === name)?.label ?? name;
  return (entry) => {
    const names = Object.keys(entry.newValues ?? {});
    if (isCreation(entry, contact)) return { icon: IconUserPlus, title: t("timeline.created") };
    const [only] = names;
    if (only !== undefined && names.length === 1) {
      return { icon: IconPencil, title: describeValue(only, entry.newValues?.[only] ?? null) };
    }
    const title = t(entry.source.type === "MERGE" ? "timeline.merged" : "timeline.changed", {
      count: names.length,
      number: format.number(names.length),
    });
    return { icon: IconPencil, title, extra: names.map(label).join(", ") };
  };
}

/** The first values of a contact: those it was made with. */
function isCreation({ at, newValues, oldValues }: Entry, contact: Contact): boolean {
  return at === contact.createdAt && Object.keys(newValues ?? {}).every((name) => !oldValues?.[name]);
}

const LONGEST = 200;

function useDescribeValue(): (name: string, value: string | null) => string {
  const { t } = useTranslation("contact");
  const write = useValueText();
  const { data } = useQuery(propertiesQuery);
  return (name, value) => {
    const property = data?.properties.find((known) => known.name === name);
    const label = property?.label ?? name;
    if (value === null) return t("timeline.cleared", { name: label });
    const text = property ? write(property, value) : value;
    return t("timeline.set", { name: label, value: text.slice(0, LONGEST) });
  };
}
