import { AppError } from "#server/platform/errors.ts";
import {
  type FieldType,
  fieldTypes,
  type Property,
  type PropertyOption,
  type PropertyType,
} from "./property.ts";

export interface NewOption {
  readonly value: string;
  readonly label: string;
  readonly hidden: boolean;
}

/** Refuses a field type that cannot enter such values. */
export function requireFieldType(type: PropertyType, fieldType: FieldType): void {
  const allowed: readonly FieldType[] = fieldTypes[type];
  if (!allowed.includes(fieldType)) {
    throw new AppError("invalid_input", "properties:field_type_wrong", { type, fieldType });
  }
}

/** The options as they are stored, or why they cannot be. */
export function readOptions(type: PropertyType, given: readonly NewOption[]): PropertyOption[] {
  if (type !== "enumeration") {
    if (given.length > 0) throw new AppError("invalid_input", "properties:options_unexpected");
    return [];
  }
  if (given.length === 0) throw new AppError("invalid_input", "properties:options_missing");
  const options = given.map(({ value, label, hidden }) => ({ value: value || label, label, hidden }));
  const seen = new Set<string>();
  for (const { value } of options) {
    if (seen.has(value)) throw new AppError("invalid_input", "properties:option_twice", { value });
    if (value.includes(";")) throw new AppError("invalid_input", "properties:option_semicolon", { value });
    seen.add(value);
  }
  return options;
}

/** Values that a change would take away. */
export function removedValues(property: Property, options: readonly PropertyOption[]): string[] {
  const kept = new Set(options.map((option) => option.value));
  return property.options.map((option) => option.value).filter((value) => !kept.has(value));
}

export function requireUniqueAllowed(type: PropertyType, hasUniqueValue: boolean): void {
  if (hasUniqueValue && type !== "string" && type !== "number") {
    throw new AppError("invalid_input", "properties:unique_needs_text", { type });
  }
}
