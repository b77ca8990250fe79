import { type Property, takesSeveral } from "./property.ts";

/** Why a value does not fit its property; each has a sentence in `properties:value_problem`. */
export type ValueProblem =
  | "read_only"
  | "too_long"
  | "nul_character"
  | "not_a_number"
  | "too_many_digits"
  | "not_a_bool"
  | "not_a_date"
  | "not_a_datetime"
  | "not_an_option";

/** The one written form of a value, as the API shows it; null is "no value". */
export type ParsedValue = { readonly value: string | null } | { readonly problem: ValueProblem };

type Raw = string | number | boolean | null;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
const EPOCH_MS = /^-?\d{9,14}$/;
const MS_PER_DAY = 86_400_000;
/** A double holds 15 digits exactly; more would be rounded without a word. */
const MAX_DIGITS = 15;
const YEAR_1 = -62_135_596_800_000;
const YEAR_9999 = 253_402_300_799_999;

/** Reads a value for a property: its canonical text, or why it does not fit. Blank text is "no value". */
export function parseValue(property: Property, raw: Raw): ParsedValue {
  if (raw === null) return { value: null };
  const text = String(raw).trim();
  if (text === "") return { value: null };
  if (text.includes("\0")) return { problem: "nul_character" };
  return parsers[property.type](text, property);
}

const parsers: Record<Property["type"], (text: string, property: Property) => ParsedValue> = {
  string: (text, { maxLength }) =>
    text.length > maxLength ? { problem: "too_long" } : { value: text.replace(/\p{Surrogate}/gu, "\uFFFD") },
  number: parseNumber,
  bool: parseBool,
  date: parseDay,
  datetime: parseMoment,
  enumeration: parseChoice,
};

function parseNumber(text: string): ParsedValue {
  if (!NUMBER.test(text)) return { problem: "not_a_number" };
  const number = Number(text);
  if (!Number.isFinite(number)) return { problem: "not_a_number" };
  const digits = text.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "");
  if (digits.replace(/0+$/, "").length > MAX_DIGITS) return { problem: "too_many_digits" };
  return { value: String(number === 0 ? 0 : number) };
}

function parseBool(text: string): ParsedValue {
  const value = text.toLowerCase();
  return value === "true" || value === "false" ? { value } : { problem: "not_a_bool" };
}

/** An ISO day, or midnight UTC of it as ISO or epoch milliseconds. */
function parseDay(text: string): ParsedValue {
  const moment = DAY.test(text) ? readDay(text) : readMoment(text);
  if (moment === undefined || moment % MS_PER_DAY !== 0) return { problem: "not_a_date" };
  return { value: new Date(moment).toISOString().slice(0, 10) };
}

/** ISO with a zone, an ISO day (its midnight UTC), or epoch milliseconds. */
function parseMoment(text: string): ParsedValue {
  const moment = DAY.test(text) ? readDay(text) : readMoment(text);
  return moment === undefined ? { problem: "not_a_datetime" } : { value: new Date(moment).toISOString() };
}

function readDay(text: string): number | undefined {
  const moment = Date.parse(`${text}T00:00:00Z`);
  const real = !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
  return real && inRange(moment) ? moment : undefined;
}

function readMoment(text: string): number | undefined {
  const moment = EPOCH_MS.test(text) || text === "0" ? Number(text) : parseIso(text);
  return inRange(moment) ? moment : undefined;
}

function parseIso(text: string): number {
  if (!MOMENT.test(text) || readDay(text.slice(0, 10)) === undefined) return Number.NaN;
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2").toUpperCase());
}

function inRange(moment: number): boolean {
  return moment >= YEAR_1 && moment <= YEAR_9999;
}

function parseChoice(text: string, property: Property): ParsedValue {
  const chosen = takesSeveral(property) ? splitValues(text) : [text];
  const known = chosen.every((value) => property.options.some((option) => option.value === value));
  if (!known) return { problem: "not_an_option" };
  return { value: chosen.length === 0 ? null : chosen.join(";") };
}

/** The parts of `a;b`, each once. */
export function splitValues(text: string): string[] {
  const parts = text.split(";").map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))];
}

/** A value as the `custom` column keeps it: JSON's own number and boolean, text for everything else. */
export function storedValue({ type }: Pick<Property, "type">, value: string): string | number | boolean {
  if (type === "number") return Number(value);
  if (type === "bool") return value === "true";
  return value;
}
