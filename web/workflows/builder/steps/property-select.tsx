import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../../api.ts";
import { propertiesQuery } from "../../../filters/use-filter-fields.ts";

export type Property = Reply<"GET /api/properties">["properties"][number];

interface PropertySelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly offered?: (property: Property) => boolean;
  readonly error?: string | undefined;
  readonly description?: string;
  readonly autoFocus?: boolean;
}

/** A workflow may write it: one value for many contacts cannot be unique. */
export const isWritable = ({ readOnly, hasUniqueValue, name }: Property): boolean =>
  !readOnly && !hasUniqueValue && name !== "email";

/** Its changes are noted, so they can be waited for. */
export const isHeard = ({ readOnly }: Property): boolean => !readOnly;

export const isDate = ({ type }: Property): boolean => type === "date" || type === "datetime";

/** Chooses a property by typing; they stand under their groups. */
export function PropertySelect(props: PropertySelectProps) {
  const { label, value, onChange, offered = () => true, error, description, autoFocus } = props;
  const { t } = useTranslation("workflow-builder");
  const { properties, groups } = useProperties();
  const shown = properties.filter((property) => offered(property) || property.name === value);
  const known = shown.some(({ name }) => name === value);
  return (
    <Select
      label={label}
      description={description}
      placeholder={t("field.choose")}
      searchable
      openOnFocus={false}
      allowDeselect={false}
      nothingFoundMessage={t("field.noProperty")}
      {...(autoFocus && { "data-autofocus": true })}
      error={error}
      data={[
        ...groups.map((group) => ({
          group: group.label,
          items: shown
            .filter(({ groupName }) => groupName === group.name)
            .map(({ name, label: text }) => ({ value: name, label: text })),
        })),
        ...(known || value === "" ? [] : [{ group: "", items: [{ value, label: value }] }]),
      ]}
      value={value === "" ? null : value}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}

export function useProperties(): Pick<Reply<"GET /api/properties">, "properties" | "groups"> {
  const { data } = useQuery(propertiesQuery);
  return data ?? { properties: [], groups: [] };
}
