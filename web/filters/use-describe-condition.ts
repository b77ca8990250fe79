import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { type Format, useFormat } from "../ui/format.ts";
import {
  type Condition,
  type Fields,
  type Filter,
  type FilterField,
  valueKind,
  valuesOf,
} from "./filter-field.ts";

export interface Described {
  readonly name: string;
  readonly operator: string;
  readonly value: string | undefined;
}

type Translate = TFunction<"filters">;

/** A condition in words; a property that is gone keeps its name. */
export function useDescribeCondition(fields: Fields): (condition: Condition) => Described {
  const { t } = useTranslation("filters");
  const format = useFormat();
  return (condition) => {
    const field = fields.get(condition.propertyName);
    if (!field) return { name: condition.propertyName, operator: "", value: valuesOf(condition).join(", ") };
    return {
      name: field.label,
      operator: operatorLabel(t, field, condition.operator),
      value: valueLabel({ t, format }, field, condition),
    };
  };
}

/** A whole filter as one line: "Lifecycle stage is Customer, City is Lund or …". */
export function useDescribeFilter(fields: Fields): (filter: Filter) => string {
  const { t } = useTranslation("filters");
  const describe = useDescribeCondition(fields);
  const sentence = (condition: Condition) => {
    const { name, operator, value } = describe(condition);
    return [name, operator, value].filter(Boolean).join(" ");
  };
  return (filter) =>
    filter.filterGroups.map(({ filters }) => filters.map(sentence).join(", ")).join(` ${t("or")} `);
}

/** The words of an operator: dates come "after", numbers are "greater than". */
export function operatorLabel(
  t: Translate,
  { type }: Pick<FilterField, "type">,
  operator: Condition["operator"],
): string {
  const family = type === "datetime" || type === "date" ? "date" : type;
  return t([`operator.${family}.${operator}`, `operator.${operator}`]);
}

interface Words {
  readonly t: Translate;
  readonly format: Format;
}

function valueLabel({ t, format }: Words, field: FilterField, condition: Condition): string | undefined {
  const values = valuesOf(condition);
  const kind = valueKind(field, condition.operator);
  if (kind === "none") return undefined;
  if (kind === "days") return t(`value.${condition.operator}`, { count: Number(values[0]) });
  const written = values.map((value) => writeValue({ t, format }, field, value));
  return condition.operator === "BETWEEN"
    ? t("value.between", { low: written[0], high: written[1] })
    : format.list(written, "disjunction");
}

type Write = (words: Words, value: string) => string;

const writeDate: Write = ({ format }, value) => (/^\d{4}-\d\d-\d\d/.test(value) ? format.date(value) : value);
const writers: Partial<Record<FilterField["type"], Write>> = {
  bool: ({ t }, value) => t(value === "true" ? "yes" : "no"),
  number: ({ format }, value) => (Number.isFinite(Number(value)) ? format.number(Number(value)) : value),
  date: writeDate,
  datetime: writeDate,
};

function writeValue(words: Words, { type, options }: FilterField, value: string): string {
  const write = writers[type];
  if (write) return write(words, value);
  const unknown = type === "list" ? words.t("goneList") : value;
  return options.find((option) => option.value === value)?.label ?? unknown;
}
