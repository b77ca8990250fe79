import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "../../marketing-status/status-badge.tsx";
import type { Property } from "../../properties/property-field.tsx";
import { useValueText } from "../../properties/use-value-text.ts";
import type { Column } from "../../ui/data-table-props.ts";
import { useFormat } from "../../ui/format.ts";
import { contactName } from "../record/contact-name.ts";
import type { Row } from "./index-queries.ts";

/** Properties every row needs for its name, whatever the columns are. */
export const nameProperties = ["firstname", "lastname", "email"];

const widths: Partial<Record<Property["type"], number>> = {
  number: 120,
  bool: 110,
  date: 146,
  datetime: 146,
  enumeration: 138,
};
const wide: Record<string, number> = { email: 200, hs_marketable_status: 210, company: 190 };
/** Sorted by their own text, which says nothing to anybody. */
const unsorted: ReadonlySet<string> = new Set([
  "hs_additional_emails",
  "hs_merged_object_ids",
  "hs_marketable_reason_id",
]);

interface Asked {
  readonly columns: readonly string[];
  readonly properties: readonly Property[];
  /** The sorted column stands at the right at 390 px. */
  readonly sortedBy: string;
}

/** The table's columns: the name, which leads to the record, and the properties that were chosen. */
export function useContactColumns({ columns, properties, sortedBy }: Asked): Column<Row>[] {
  const { t } = useTranslation("contacts-index");
  const cell = useCell();
  return useMemo(() => {
    const byName = new Map(properties.map((property) => [property.name, property]));
    const chosen = columns.flatMap((name) => byName.get(name) ?? []);
    const aside = chosen.some(({ name }) => name === sortedBy) ? sortedBy : "createdate";
    return [
      {
        id: "name",
        header: t("name"),
        width: 164,
        sortable: true,
        narrow: "title",
        cell: (row: Row) => <NameCell row={row} />,
      },
      ...chosen.map((property) => column(property, cell, placeOf(property.name, aside))),
    ];
  }, [columns, properties, sortedBy, t, cell]);
}

function NameCell({ row: { id, properties } }: { readonly row: Row }) {
  const { t } = useTranslation("contacts-index");
  const name = contactName(properties);
  return (
    <Link to="/contacts/$contactId" params={{ contactId: id }}>
      {name === "" ? t("nameless", { id }) : name}
    </Link>
  );
}

type Cell = (property: Property, row: Row) => React.ReactNode;

function column(property: Property, cell: Cell, narrow: Column<Row>["narrow"]): Column<Row> {
  const { name, label, type } = property;
  const end = ["number", "date", "datetime"].includes(type) && name !== "hs_object_id";
  return {
    id: name,
    header: label,
    width: wide[name] ?? widths[type] ?? 180,
    sortable: !unsorted.has(name),
    cell: (row) => cell(property, row),
    ...(end && { align: "end" }),
    ...(narrow && { narrow }),
  };
}

function placeOf(name: string, aside: string): Column<Row>["narrow"] {
  if (name === "hs_marketable_status") return "badge";
  if (name === "email") return "subtitle";
  return name === aside ? "aside" : undefined;
}

/** A value as people read it; dates are short in a table. */
function useCell(): Cell {
  const valueText = useValueText();
  const format = useFormat();
  return useMemo(
    () => (property, row) => {
      if (property.name === "hs_marketable_status")
        return <StatusBadge status={row.status} until={row.until} />;
      const value = row.properties[property.name];
      if (value === null || value === undefined) return <span aria-hidden>–</span>;
      return property.type === "date" || property.type === "datetime"
        ? format.date(value)
        : valueText(property, value);
    },
    [valueText, format],
  );
}
