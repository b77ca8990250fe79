import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSourceText } from "../../contacts/record/use-source-text.ts";
import type { Column } from "../../ui/data-table-props.ts";
import { useFormat } from "../../ui/format.ts";
import type { HeldContact } from "./review-queries.ts";

const DAY_MS = 86_400_000;

/** Who waits, what set it off, since when, for what, and what the person had said by then. */
export function useHeldColumns(): Column<HeldContact>[] {
  const { t } = useTranslation("review");
  const sourceText = useSourceText();
  const consent = useConsentText();
  const age = useAge();
  return [
    {
      id: "name",
      header: t("column.contact"),
      width: 132,
      wraps: true,
      narrow: "title",
      cell: ({ id, name }) => (
        <Link to="/contacts/$contactId" params={{ contactId: id }}>
          {name === "" ? t("nameless", { id }) : name}
        </Link>
      ),
    },
    {
      id: "email",
      header: t("column.email"),
      width: 204,
      wraps: true,
      narrow: "subtitle",
      cell: ({ email }) => email ?? "",
    },
    {
      id: "source",
      header: t("column.source"),
      width: 148,
      wraps: true,
      narrow: "badge",
      cell: (row) => sourceText(row),
    },
    { id: "why", header: t("column.why"), width: 140, cell: ({ why }) => t(`why.${why}`) },
    { id: "consent", header: t("column.consent"), width: 140, wraps: true, cell: (row) => consent(row) },
    {
      id: "since",
      header: t("column.since"),
      width: 158,
      align: "end",
      narrow: "aside",
      cell: ({ since }) => age(since),
    },
  ];
}

function useAge(): (since: string) => string {
  const { t } = useTranslation("review");
  const format = useFormat();
  return (since) => {
    const days = Math.floor((Date.now() - new Date(since).getTime()) / DAY_MS);
    const date = format.date(since);
    return days < 1 ? date : t("age", { date, count: days, number: format.number(days) });
  };
}

function useConsentText(): (row: HeldContact) => string {
  const { t } = useTranslation("review");
  const format = useFormat();
  return ({ consent, includeProtected }) => {
    if (consent.length === 0) return t("consent.none");
    const facts = consent.map(({ kind, at }) => t(`consent.${kind}`, { date: format.date(at) }));
    return [...facts, ...(includeProtected ? [t("consent.included")] : [])].join(", ");
  };
}
