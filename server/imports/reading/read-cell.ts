import { Temporal } from "temporal-polyfill";
import { type Language, languages } from "#contract/languages.ts";
import { text } from "#server/platform/texts.ts";
import { type Property, takesSeveral } from "#server/properties/property.ts";
import { parseValue } from "#server/properties/property-value.ts";
import type { FileLocale } from "./file-locale.ts";
import { readBoolean } from "./read-boolean.ts";
import { readDate, readMoment } from "./read-date.ts";
import { readNumber } from "./read-number.ts";

/** Reads a filled cell as its property's canonical text; undefined when it does not fit. */
type CellReader = (raw: string) => string | undefined;

interface Reading {
  readonly read: CellReader;
  readonly problem: string;
}

/** The way values of a property are written in this file, and why they may not fit: a code of `imports:reason_`. */
export function cellReader(property: Property, locale: FileLocale): Reading {
  return readings[property.type](property, locale);
}

const readings: Record<Property["type"], (property: Property, locale: FileLocale) => Reading> = {
  string: ({ maxLength }) => ({
    read: (raw) => (raw.length > maxLength ? undefined : raw),
    problem: "too_long",
  }),
  number: (property, { decimal }) => ({
    read: orWhole(canonical(property, (raw) => readNumber(raw, decimal))),
    problem: "not_a_number",
  }),
  bool: () => ({ read: readBoolean, problem: "not_a_bool" }),
  date: (_, { dateOrder }) => ({
    // What it reads is a real day in its canonical form already.
    read: (raw) => readDate(raw, dateOrder),
    problem: "not_a_date",
  }),
  datetime: (property, locale) => ({
    read: canonical(property, (raw) => readInstant(raw, locale)),
    problem: "not_a_datetime",
  }),
  enumeration: (property) => ({ read: optionReader(property), problem: "not_an_option" }),
};

/** Whole numbers of at most 15 digits are canonical as they stand, and most numbers are that. */
function orWhole(read: CellReader): CellReader {
  return (raw) => (/^(?:0|-?[1-9]\d{0,14})$/.test(raw) ? raw : read(raw));
}

function canonical(property: Property, read: CellReader): CellReader {
  return (raw) => {
    const value = read(raw);
    if (value === undefined) return undefined;
    const parsed = parseValue(property, value);
    return "value" in parsed ? (parsed.value ?? undefined) : undefined;
  };
}

/** A moment as an ISO instant. */
export function readInstant(raw: string, { dateOrder, zone }: FileLocale): string | undefined {
  const moment = readMoment(raw, { order: dateOrder, zone });
  if (moment === undefined || moment.endsWith("Z")) return moment && isoOf(moment);
  const [day, time, place] = moment.split(" ") as [string, string, string];
  if (/^([+-]|UTC|GMT)/.test(place)) return isoOf(`${day}T${time}${/^[+-]/.test(place) ? place : "Z"}`);
  return Temporal.PlainDateTime.from(`${day}T${time}`)
    .toZonedDateTime(place)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
}

function isoOf(moment: string): string | undefined {
  const date = new Date(
    moment
      .replace(/ Z$/, "Z")
      .replace(" ", "T")
      .replace(/([+-]\d{2})(\d{2})$/, "$1:$2"),
  );
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Options by value or by label, in any of the three languages; several are separated by `;`. */
function optionReader(property: Property): CellReader {
  const options = optionsByName(property);
  const one: CellReader = (raw) => options.get(raw.trim().toLowerCase()) ?? rangeOf(property, raw);
  if (!takesSeveral(property)) return one;
  return (raw) => {
    const values = raw
      .split(";")
      .filter((part) => part.trim() !== "")
      .map(one);
    return values.includes(undefined) ? undefined : [...new Set(values)].join(";");
  };
}

function optionsByName(property: Property): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { value, label } of property.options) {
    for (const name of property.builtIn
      ? languages.map((language) => labelIn(language, property, value))
      : []) {
      if (name) names.set(name.toLowerCase(), value);
    }
    names.set(label.toLowerCase(), value);
  }
  for (const { value } of property.options) names.set(value.toLowerCase(), value);
  return names;
}

function labelIn(language: Language, property: Property, value: string): string | undefined {
  const key = `properties:option.${property.name}.${value}`;
  const label = text(language, key);
  return label === key || label.startsWith("option.") ? undefined : label;
}

/** A plain number in a choice of ranges (`5-25`): the first range that reaches it. */
function rangeOf(property: Property, raw: string): string | undefined {
  if (property.name !== "numemployees") return undefined;
  const count = Number(readNumber(raw, ".") ?? Number.NaN);
  if (!(count >= 1)) return undefined;
  return property.options.find(
    ({ value }) => count <= Number(value.split("-")[1] ?? Number.POSITIVE_INFINITY),
  )?.value;
}
