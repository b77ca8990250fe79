import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import type { Property } from "./property-field.tsx";

/** Writes values as a person reads them: labels of options, dates and numbers of the language. */
export function useValueText(): (property: Property, value: string) => string {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const writers: Partial<Record<Property["type"], (value: string, property: Property) => string>> = {
    number: (value, { name }) =>
      name === "hs_object_id" ? value : format.number(Number(value), { maximumFractionDigits: 15 }),
    bool: (value) => t(value === "true" ? "yes" : "no"),
    date: (value) => format.dateLong(value),
    datetime: (value) => format.moment(value),
    enumeration: (value, { options }) => {
      const label = (each: string) => options.find((option) => option.value === each)?.label ?? each;
      return value.split(";").map(label).join(", ");
    },
  };
  return (property, value) => writers[property.type]?.(value, property) ?? plain(property, value);
}

const lists = new Set(["hs_additional_emails", "hs_merged_object_ids"]);

function plain({ name }: Property, value: string): string {
  return lists.has(name) ? value.split(";").join(", ") : value;
}
