import type { Condition, Filter } from "#contract/filters.ts";
import { AppError } from "#server/platform/errors.ts";
import type { PropertyType } from "#server/properties/property.ts";

export type Operator = Condition["operator"];

/** What a condition may be about: a property of the account, or a source that a feature registered. */
export interface FilterField {
  readonly name: string;
  readonly type: PropertyType | "list";
  /** Holds several options at once, stored as `a;b`. */
  readonly multiple: boolean;
}

/** A condition whose field exists, whose operator fits it and whose values can be read as its type. */
export interface CheckedCondition {
  readonly field: FilterField;
  readonly operator: Operator;
  /** One value for most operators, the bounds of BETWEEN, any number for IN and NOT_IN, none for HAS_PROPERTY. */
  readonly values: readonly string[];
}

/** Groups joined by OR, their conditions by AND. No group: everybody. */
export type CheckedFilter = readonly (readonly CheckedCondition[])[];

const presence: readonly Operator[] = ["HAS_PROPERTY", "NOT_HAS_PROPERTY"];
const equality: readonly Operator[] = ["EQ", "NEQ", "IN", "NOT_IN", ...presence];
const order: readonly Operator[] = ["LT", "LTE", "GT", "GTE", "BETWEEN"];
const tokens: readonly Operator[] = ["CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"];
const severalValues: readonly Operator[] = ["IN", "NOT_IN", "IN_LIST", "NOT_IN_LIST"];
const relative: readonly Operator[] = ["IN_LAST_DAYS", "NOT_IN_LAST_DAYS", "IN_NEXT_DAYS"];

/** Days counted from today: what it says changes at midnight. */
export function isRelative(operator: Operator): boolean {
  return relative.includes(operator);
}

/** The operators that make sense for a type, in the order in which people are offered them. */
export const operatorsOf: Record<FilterField["type"], readonly Operator[]> = {
  string: [...equality, ...tokens, "STARTS_WITH"],
  number: [...equality, ...order],
  bool: equality,
  date: [...equality, ...order, ...relative],
  datetime: [...equality, ...order, ...relative],
  enumeration: [...equality, ...tokens],
  list: ["IN_LIST", "NOT_IN_LIST"],
};

/**
 * Reads a filter against the fields of an account.
 * Refuses with `invalid_input`, naming the group and condition (from 1), the property and what is wrong with it.
 * Groups without conditions say nothing and are left out.
 */
export function checkFilter(fields: ReadonlyMap<string, FilterField>, filter: Filter): CheckedFilter {
  return filter.filterGroups
    .map(({ filters }, group) =>
      filters.map((condition, index) =>
        checkCondition(fields, condition, { group: group + 1, condition: index + 1 }),
      ),
    )
    .filter((conditions) => conditions.length > 0);
}

type Place = Record<"group" | "condition", number>;

function checkCondition(
  fields: ReadonlyMap<string, FilterField>,
  condition: Condition,
  place: Place,
): CheckedCondition {
  const { propertyName, operator } = condition;
  const field = fields.get(propertyName);
  const details = { ...place, property: propertyName, operator };
  if (!field) throw new AppError("invalid_input", "filters:unknown_property", details);
  if (!operatorsOf[field.type].includes(operator)) {
    throw new AppError("invalid_input", "filters:operator_not_for_type", { ...details, type: field.type });
  }
  const values = valuesOf(condition);
  if (!values) throw new AppError("invalid_input", "filters:value_missing", details);
  const bad = values.find((value) => !canBeRead(field, operator, value));
  if (bad !== undefined)
    throw new AppError("invalid_input", "filters:value_unreadable", { ...details, value: bad });
  return { field, operator, values };
}

/** The values that an operator needs, or null where one is missing. */
function valuesOf({ operator, value, values, highValue }: Condition): string[] | null {
  if (presence.includes(operator)) return [];
  if (severalValues.includes(operator)) return atLeastOne(values ?? split(value));
  const needed = operator === "BETWEEN" ? [value, highValue] : [value ?? values?.[0]];
  return needed.every(isFilled) ? needed : null;
}

function atLeastOne(values: string[]): string[] | null {
  const filled = values.filter(isFilled);
  return filled.length > 0 ? filled : null;
}

function split(value: string | undefined): string[] {
  return value?.split(";") ?? [];
}

function isFilled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}

const MAX_DAYS = 36_500;

function canBeRead({ type }: FilterField, operator: Operator, value: string): boolean {
  if (value.includes("\0")) return false;
  if (relative.includes(operator)) return /^\d{1,5}$/.test(value) && Number(value) <= MAX_DAYS;
  if (type === "number") return isNumber(value);
  if (type === "list") return /^[1-9]\d{0,17}$/.test(value);
  if (type === "bool") return value === "true" || value === "false";
  if (type === "date" || type === "datetime") return readMoment(value) !== null;
  return true;
}

function isNumber(value: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(value) && Number.isFinite(Number(value));
}

/** A whole day of the account's zone, or an exact instant in ISO form. */
export type Moment = { readonly day: string } | { readonly instant: string };

/** Reads `2026-12-01`, `2026-12-01T00:00:00Z` or milliseconds since 1970; null for anything else. */
export function readMoment(value: string): Moment | null {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return isDay(value) ? { day: value } : null;
  const instant = /^-?\d{9,15}$/.test(value) ? new Date(Number(value)) : readInstant(value);
  return instant && isStorable(instant) ? { instant: instant.toISOString() } : null;
}

function readInstant(value: string): Date | null {
  const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
  return isIso && isDay(value.slice(0, 10)) ? new Date(value) : null;
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && !day.startsWith("0000");
}

function isStorable(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
