import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useValueText } from "../properties/use-value-text.ts";
import { useFormat } from "../ui/format.ts";
import { propertiesQuery, useFilterFields } from "./use-filter-fields.ts";

/** A contact's own value of what a filter asks for, as people read it; null is "no value". */
export function useOwnValue(): (propertyName: string, value: string | null) => string {
  const { t } = useTranslation("filters");
  const sourceValue = useSourceValue();
  const { data } = useQuery(propertiesQuery);
  const valueText = useValueText();
  return (propertyName, value) => {
    if (value === null) return t("noValue");
    const property = data?.properties.find(({ name }) => name === propertyName);
    return property ? valueText(property, value) : sourceValue(propertyName, value);
  };
}

/** Of what is no property, such as a pin. */
function useSourceValue(): (name: string, value: string) => string {
  const { t } = useTranslation("filters");
  const format = useFormat();
  const fields = useFilterFields();
  return (name, value) => {
    const { type, options = [] } = fields.get(name) ?? {};
    if (type === "bool") return t(value === "true" ? "yes" : "no");
    if (type === "date" || type === "datetime") return format.dateTime(value);
    const label = (each: string) => options.find((option) => option.value === each)?.label ?? each;
    return value.split(";").map(label).join(", ");
  };
}
