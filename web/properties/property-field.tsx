import { MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useContext } from "react";
import { useTranslation } from "react-i18next";
import type { Reply } from "../api.ts";
import { TimeZone } from "../ui/format.ts";
import { fromWallClock, toWallClock } from "./zoned-time.ts";

export type Property = Reply<"GET /api/properties">["properties"][number];

interface PropertyFieldProps {
  readonly property: Property;
  /** As the API writes it; empty is "no value". */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  readonly autoFocus?: boolean;
  /** Without it the property's name stands above the field. */
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
}

/** A value of a property, entered as its type wants it. */
export function PropertyField(props: PropertyFieldProps) {
  const { property } = props;
  if (property.type === "enumeration") return <ChoiceField {...props} />;
  if (property.type === "bool") return <YesNoField {...props} />;
  if (property.type === "datetime") return <MomentField {...props} />;
  return <TextField {...props} />;
}

function labelled({
  property,
  hideLabel = false,
  error,
  autoFocus = false,
  disabled = false,
}: PropertyFieldProps) {
  const name = hideLabel ? { "aria-label": property.label } : { label: property.label };
  return { ...name, error, disabled, autoFocus, "data-autofocus": autoFocus || undefined };
}

const inputTypes: Partial<Record<Property["fieldType"], string>> = { phonenumber: "tel", date: "date" };

function TextField(props: PropertyFieldProps) {
  const { property, value, onChange } = props;
  if (property.fieldType === "textarea") {
    return (
      <Textarea
        {...labelled(props)}
        value={value}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={property.maxLength}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const isNumber = property.type === "number";
  return (
    <TextInput
      {...labelled(props)}
      type={property.name === "email" ? "text" : (inputTypes[property.fieldType] ?? "text")}
      inputMode={isNumber ? "decimal" : property.name === "email" ? "email" : undefined}
      autoComplete="off"
      maxLength={property.maxLength}
      value={value}
      onChange={(event) =>
        onChange(isNumber ? plainNumber(event.currentTarget.value) : event.currentTarget.value)
      }
    />
  );
}

/** Numbers as people write them: "1 204,5" is 1204.5. */
function plainNumber(text: string): string {
  return text.replace(/\s/g, "").replace(",", ".").replace("−", "-");
}

function MomentField(props: PropertyFieldProps) {
  const { value, onChange } = props;
  const zone = useContext(TimeZone);
  return (
    <TextInput
      {...labelled(props)}
      type="datetime-local"
      value={toWallClock(value, zone)}
      onChange={(event) => onChange(fromWallClock(event.currentTarget.value, zone))}
    />
  );
}

function YesNoField(props: PropertyFieldProps) {
  const { value, onChange } = props;
  const { t } = useTranslation("properties");
  return (
    <Select
      {...labelled(props)}
      data={["true", "false"].map((each) => ({ value: each, label: t(each === "true" ? "yes" : "no") }))}
      value={value === "" ? null : value}
      clearable
      placeholder={t("noValue")}
      onChange={(next) => onChange(next ?? "")}
    />
  );
}

function ChoiceField(props: PropertyFieldProps) {
  const { property, value, onChange } = props;
  const { t } = useTranslation("properties");
  const values = value.split(";").filter((each) => each !== "");
  const data = property.options
    .filter((option) => !option.hidden || values.includes(option.value))
    .map((option) => ({ value: option.value, label: option.label }));
  const common = {
    ...labelled(props),
    data,
    searchable: data.length > 8,
    nothingFoundMessage: t("noOption"),
  };
  if (property.fieldType === "checkbox") {
    return (
      <MultiSelect
        {...common}
        value={values}
        clearable
        placeholder={values.length === 0 ? t("choose") : ""}
        onChange={(next) => onChange(next.join(";"))}
      />
    );
  }
  return (
    <Select
      {...common}
      value={value === "" ? null : value}
      clearable
      placeholder={t("choose")}
      onChange={(next) => onChange(next ?? "")}
    />
  );
}
