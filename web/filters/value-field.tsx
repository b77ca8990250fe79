import { MultiSelect, Select, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NumberField } from "../ui/number-field.tsx";
import { type Condition, type FilterField, valueKind, valuesOf } from "./filter-field.ts";
import classes from "./filters.module.css";

interface ValueFieldProps {
  readonly field: FilterField;
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
}

type Change = (change: Partial<Condition>) => void;

/** What a condition compares with, entered as its kind wants it. */
export function ValueField({ field, condition, onChange }: ValueFieldProps) {
  const { t } = useTranslation("filters");
  const kind = valueKind(field, condition.operator);
  const label = t("valueLabel", { name: field.label });
  const change: Change = (part) =>
    onChange({ propertyName: condition.propertyName, operator: condition.operator, ...part });
  if (kind === "none") return null;
  if (kind === "dayRange" || kind === "numbers")
    return <Range kind={kind} label={label} condition={condition} change={change} />;
  if (kind === "texts" || kind === "options")
    return <Several field={field} label={label} condition={condition} change={change} />;
  return <Single field={field} label={label} condition={condition} change={change} />;
}

interface PartProps {
  readonly label: string;
  readonly condition: Condition;
  readonly change: Change;
}

function Single({ field, label, condition, change }: PartProps & { readonly field: FilterField }) {
  const { t } = useTranslation("filters");
  const kind = valueKind(field, condition.operator);
  const value = valuesOf(condition)[0] ?? "";
  if (kind === "option") {
    return (
      <Select
        aria-label={label}
        placeholder={t("choose")}
        data={["true", "false"].map((each) => ({ value: each, label: t(each === "true" ? "yes" : "no") }))}
        value={value === "" ? null : value}
        allowDeselect={false}
        onChange={(next) => next !== null && change({ value: next })}
      />
    );
  }
  if (kind === "days") {
    return (
      <NumberField
        aria-label={label}
        value={value}
        min={0}
        max={36_500}
        allowDecimal={false}
        allowNegative={false}
        suffix={` ${t("days", { count: Number(value) })}`}
        onChange={(next) => change({ value: String(next) })}
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      type={kind === "day" ? "date" : "text"}
      inputMode={kind === "number" ? "decimal" : undefined}
      value={value.slice(0, kind === "day" ? 10 : undefined)}
      onChange={(event) => change({ value: written(kind, event.currentTarget.value) })}
    />
  );
}

function Several({ field, label, condition, change }: PartProps & { readonly field: FilterField }) {
  const { t } = useTranslation("filters");
  const values = valuesOf(condition);
  const common = {
    "aria-label": label,
    value: values,
    onChange: (next: string[]) => change({ values: next }),
  };
  if (field.type !== "enumeration" && field.type !== "list")
    return <TagsInput {...common} placeholder={t("typeAndEnter")} />;
  const gone = values.filter((value) => !field.options.some((option) => option.value === value));
  return (
    <MultiSelect
      {...common}
      searchable
      placeholder={values.length === 0 ? t("choose") : ""}
      nothingFoundMessage={t("noOption")}
      withScrollArea={false}
      classNames={{ options: classes["options"] ?? "" }}
      data={[
        ...field.options,
        ...gone.map((value) => ({ value, label: field.type === "list" ? t("goneList") : value })),
      ]}
    />
  );
}

function Range({ kind, label, condition, change }: PartProps & { readonly kind: "dayRange" | "numbers" }) {
  const { t } = useTranslation("filters");
  const [low = "", high = ""] = valuesOf(condition);
  const type = kind === "dayRange" ? "date" : "text";
  const inputMode = kind === "numbers" ? "decimal" : undefined;
  return (
    <div className={classes["range"]}>
      <TextInput
        aria-label={`${label}, ${t("from")}`}
        type={type}
        inputMode={inputMode}
        value={low}
        onChange={(event) => change({ value: written(kind, event.currentTarget.value), highValue: high })}
      />
      <span>{t("and")}</span>
      <TextInput
        aria-label={`${label}, ${t("to")}`}
        type={type}
        inputMode={inputMode}
        value={high}
        onChange={(event) => change({ value: low, highValue: written(kind, event.currentTarget.value) })}
      />
    </div>
  );
}

/** Numbers as people write them: "1 204,5" is 1204.5. */
function written(kind: string, value: string): string {
  return kind === "number" || kind === "numbers" ? value.replace(/\s/g, "").replace(",", ".") : value;
}
