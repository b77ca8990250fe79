import type { Filter } from "../../contract/filters.ts";
import type { Reply } from "../api.ts";

type Property = Reply<"GET /api/properties">["properties"][number];
export type Condition = Filter["filterGroups"][number]["filters"][number];
export type Operator = Condition["operator"];
export type { Filter };

/** Something people filter by, with its words. */
export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly group: string;
  /** `list`: the values are ids of lists. */
  readonly type: Property["type"] | "list";
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export type Fields = ReadonlyMap<string, FilterField>;

/** The operators offered for a type, most used first; others of the grammar are shown where a filter has them. */
export const offered: Record<FilterField["type"], readonly Operator[]> = {
  string: [
    "EQ",
    "NEQ",
    "CONTAINS_TOKEN",
    "NOT_CONTAINS_TOKEN",
    "STARTS_WITH",
    "IN",
    "NOT_IN",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
  ],
  number: ["EQ", "NEQ", "GT", "GTE", "LT", "LTE", "BETWEEN", "HAS_PROPERTY", "NOT_HAS_PROPERTY"],
  bool: ["EQ", "NEQ", "HAS_PROPERTY", "NOT_HAS_PROPERTY"],
  date: [
    "EQ",
    "LT",
    "GT",
    "BETWEEN",
    "IN_LAST_DAYS",
    "NOT_IN_LAST_DAYS",
    "IN_NEXT_DAYS",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
  ],
  datetime: [
    "EQ",
    "LT",
    "GT",
    "BETWEEN",
    "IN_LAST_DAYS",
    "NOT_IN_LAST_DAYS",
    "IN_NEXT_DAYS",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
  ],
  enumeration: ["IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY"],
  list: ["IN_LIST", "NOT_IN_LIST"],
};

/** What has to be entered for an operator. */
export type ValueKind =
  | "none"
  | "text"
  | "texts"
  | "number"
  | "numbers"
  | "days"
  | "day"
  | "dayRange"
  | "option"
  | "options";

const plainKinds: Record<FilterField["type"], ValueKind> = {
  string: "text",
  number: "number",
  bool: "option",
  date: "day",
  datetime: "day",
  enumeration: "options",
  list: "options",
};

export function valueKind({ type }: Pick<FilterField, "type">, operator: Operator): ValueKind {
  if (operator.endsWith("HAS_PROPERTY")) return "none";
  if (operator.endsWith("_DAYS")) return "days";
  if (operator === "BETWEEN") return type === "number" ? "numbers" : "dayRange";
  const several = operator === "IN" || operator === "NOT_IN";
  return several && type === "string" ? "texts" : plainKinds[type];
}

/** The values of a condition, whichever way it was written. */
export function valuesOf({ operator, value, values, highValue }: Condition): string[] {
  if (operator === "BETWEEN") return [value ?? "", highValue ?? ""];
  return values ?? (value === undefined ? [] : [value]);
}

function isComplete(field: FilterField, condition: Condition): boolean {
  const kind = valueKind(field, condition.operator);
  if (kind === "none") return true;
  const values = valuesOf(condition);
  const needed = kind === "dayRange" || kind === "numbers" ? 2 : 1;
  return values.length >= needed && values.every((value) => value.trim() !== "");
}

/** The finished part of a filter that is being written: what can be asked of the server. */
export function finished(fields: Fields, filter: Filter): Filter {
  const groups = filter.filterGroups.map(({ filters }) => ({
    filters: filters.filter((condition) => {
      const field = fields.get(condition.propertyName);
      return field !== undefined && isComplete(field, condition);
    }),
  }));
  return { filterGroups: groups.filter(({ filters }) => filters.length > 0) };
}

export function isEmpty(filter: Filter): boolean {
  return filter.filterGroups.every(({ filters }) => filters.length === 0);
}

export const everybody: Filter = { filterGroups: [] };
