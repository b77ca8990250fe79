import type { PropertyType } from "#server/properties/property.ts";
import { readBoolean } from "../reading/read-boolean.ts";
import { readDate } from "../reading/read-date.ts";
import { readNumber } from "../reading/read-number.ts";

/**
 * The type of a column by its first values. A number only where nothing is lost: codes with a leading zero or plus,
 * and digits as long as telephone numbers, stay text.
 */
export function guessType(values: readonly string[]): PropertyType {
  const filled = values.map((value) => value.trim()).filter((value) => value !== "");
  if (filled.length === 0) return "string";
  if (filled.every((value) => /[a-zåłn]/i.test(value) && readBoolean(value) !== undefined)) return "bool";
  if (filled.every((value) => !/^\d+$/.test(value) && readDate(value, "dmy") !== undefined)) {
    return filled.some((value) => /\d:\d\d/.test(value)) ? "datetime" : "date";
  }
  if (filled.every(isQuantity)) return "number";
  return "string";
}

function isQuantity(value: string): boolean {
  return (
    !/^[+0]\d/.test(value) && value.replace(/\D/g, "").length < 10 && readNumber(value, ".") !== undefined
  );
}
