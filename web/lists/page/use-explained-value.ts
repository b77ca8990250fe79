import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { propertiesQuery, useFilterFields } from "../../filters/use-filter-fields.ts";
import { useValueText } from "../../properties/use-value-text.ts";
import { useFormat } from "../../ui/format.ts";

type Explained = Reply<"GET /api/lists/:listId/contacts/:contactId">["groups"][number]["conditions"][number];

/** The contact's own value of a condition, as people read it. */
export function useExplainedValue(): (condition: Explained) => string {
  const { t } = useTranslation("lists");
  const sourceValue = useSourceValue();
  const { data } = useQuery(propertiesQuery);
  const valueText = useValueText();
  return ({ propertyName, value, lists }) => {
    if (lists.length > 0)
      return lists.map(({ name, member }) => t(member ? "why.inList" : "why.notInList", { name })).join(", ");
    if (value === null) return t("why.noValue");
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
