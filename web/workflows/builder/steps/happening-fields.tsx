import { Checkbox, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PropertyField } from "../../../properties/property-field.tsx";
import type { Happening, HappeningType } from "../edits/definition.ts";
import { newHappening } from "../edits/new-step.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { FilterBox } from "./filter-box.tsx";
import { ListSelect } from "./list-select.tsx";
import { isHeard, PropertySelect, useProperties } from "./property-select.tsx";

/** In the order in which they are offered. */
export const happeningTypes: readonly HappeningType[] = [
  "filter_met",
  "joined_list",
  "left_list",
  "contact_created",
  "property_changed",
  "status_changed",
  "opted_out",
  "bounced",
  "complained",
];

interface HappeningFieldsProps {
  readonly label: string;
  readonly happening: Happening;
  readonly onChange: (happening: Happening, field: string) => void;
  readonly problem: (field: string) => string | undefined;
}

/** Something that happens to a contact: what kind, and which one. */
export function HappeningFields({ label, happening, onChange, problem }: HappeningFieldsProps) {
  const { t } = useTranslation("workflow-builder");
  return (
    <>
      <Select
        label={label}
        data={happeningTypes.map((type) => ({ value: type, label: t(`happening.${type}`) }))}
        value={happening.type}
        allowDeselect={false}
        withScrollArea={false}
        onChange={(value) => {
          const type = happeningTypes.find((each) => each === value);
          if (type && type !== happening.type) onChange(newHappening(type), "type");
        }}
      />
      <Details happening={happening} onChange={onChange} problem={problem} />
    </>
  );
}

type DetailsProps = Omit<HappeningFieldsProps, "label">;
const statuses = ["marketing", "waiting", "non_marketing"] as const;

function Details({ happening, onChange, problem }: DetailsProps) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  if (happening.type === "filter_met")
    return (
      <FilterBox
        filter={happening.filter}
        error={problem("filter")}
        onChange={(filter) => onChange({ ...happening, filter }, "filter")}
      />
    );
  if (happening.type === "joined_list" || happening.type === "left_list")
    return (
      <ListSelect
        label={t("field.list")}
        value={happening.listId}
        error={problem("listId")}
        onChange={(listId) => onChange({ ...happening, listId }, "listId")}
      />
    );
  if (happening.type === "property_changed")
    return <Changed happening={happening} onChange={onChange} problem={problem} />;
  if (happening.type !== "status_changed") return null;
  return (
    <Select
      label={t("field.newStatus")}
      data={statuses.map((value) => ({ value, label: words.words.t(`happening.${value}`) }))}
      value={happening.to}
      allowDeselect={false}
      onChange={(value) => {
        const to = statuses.find((each) => each === value);
        if (to) onChange({ ...happening, to }, "to");
      }}
    />
  );
}

type Change = Extract<Happening, { type: "property_changed" }>;

function Changed({ happening, onChange, problem }: DetailsProps & { readonly happening: Change }) {
  const { t } = useTranslation("workflow-builder");
  const { properties } = useProperties();
  const property = properties.find(({ name }) => name === happening.propertyName);
  const { value, ...any } = happening;
  return (
    <>
      <PropertySelect
        label={t("field.property")}
        value={happening.propertyName}
        offered={isHeard}
        error={problem("propertyName")}
        onChange={(propertyName) => onChange({ type: "property_changed", propertyName }, "propertyName")}
      />
      {property && (
        <Checkbox
          label={t("field.onlyValue")}
          checked={value !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? { ...any, value: "" } : any, "only")}
        />
      )}
      {property && value !== undefined && (
        <PropertyField
          key={property.name}
          property={{ ...property, label: t("field.valueOf", { property: property.label }) }}
          value={value}
          onChange={(next) => onChange({ ...happening, value: next }, "value")}
        />
      )}
    </>
  );
}
