import type { Condition, Filter } from "#contract/filters.ts";

// What filters mean, in plain JavaScript that shares nothing with the compiler. It lives only in tests.

/** Clocks went forward in Stockholm that morning. */
export const NOW = new Date("2026-03-29T10:00:00Z");

/** A contact as values in their written form. */
export interface Row {
  id: string;
  city: string | null;
  lifecyclestage: string | null;
  annualrevenue: string | null;
  recent_conversion_date: string | null;
  vip: string | null;
  born: string | null;
  interests: string | null;
}

const fold = (text: string) =>
  text.replace(/[łŁ]/g, "l").replace(/ß/g, "ss").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text: string, keep = "") =>
  fold(text)
    .replace(new RegExp(`[^\\p{L}\\p{N}${keep}]+`, "gu"), " ")
    .trim();

function hasTokens(text: string, value: string): boolean {
  return value
    .trim()
    .split(/\s+/)
    .every((chunk) => {
      const body = words(chunk, "*").split("*").join(".*");
      return new RegExp(`^.* ${body} .*$`, "u").test(` ${words(text)} `);
    });
}

/** Stockholm's midnight: +01:00 up to and including 29 March 2026, +02:00 from the 30th. */
const startOf = (day: string) => Date.parse(`${day}T00:00:00${day <= "2026-03-29" ? "+01:00" : "+02:00"}`);
const plusDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const TODAY = "2026-03-29";

type Kind = "text" | "option" | "several" | "number" | "bool" | "day" | "instant";
const kinds: Record<Exclude<keyof Row, "id">, Kind> = {
  city: "text",
  lifecyclestage: "option",
  annualrevenue: "number",
  recent_conversion_date: "instant",
  vip: "bool",
  born: "day",
  interests: "several",
};

function range(kind: Kind, value: string): [number, number] {
  if (kind === "number") return [Number(value), Number(value)];
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  if (kind === "day") return isDay ? [Date.parse(value), Date.parse(value)] : [Number.NaN, Number.NaN];
  return isDay ? [startOf(value), startOf(plusDays(value, 1)) - 1] : [Date.parse(value), Date.parse(value)];
}

type Matches = (held: string, condition: Condition) => boolean;

const asked = ({ operator, value = "", values = [] }: Condition) =>
  operator === "IN" || operator === "NOT_IN" ? values : [value];

const textMatches: Matches = (held, condition) => {
  const { operator, value = "" } = condition;
  if (operator.endsWith("TOKEN")) return hasTokens(held, value);
  if (operator === "STARTS_WITH") return fold(held).startsWith(fold(value));
  return asked(condition).some((each) => fold(each) === fold(held));
};

const optionsMatch: Matches = (held, condition) => {
  const mine = new Set(held.split(";"));
  if (condition.operator.endsWith("IN")) return asked(condition).some((each) => mine.has(each));
  const all = (condition.value ?? "").split(";");
  return (
    all.every((each) => mine.has(each)) && (condition.operator.endsWith("TOKEN") || all.length === mine.size)
  );
};

function relativeMatches(kind: Kind, held: string, { operator, value }: Condition): boolean {
  const [first, last] = operator === "IN_NEXT_DAYS" ? [0, Number(value)] : [-Number(value), 0];
  const [from] = range(kind, plusDays(TODAY, first));
  const [, to] = range(kind, plusDays(TODAY, last));
  return Date.parse(held) >= from && Date.parse(held) <= to;
}

function pointMatches(kind: Kind, held: string, condition: Condition): boolean {
  const { operator, value = "", highValue = "" } = condition;
  if (operator.endsWith("_DAYS")) return relativeMatches(kind, held, condition);
  const point = kind === "number" ? Number(held) : Date.parse(held);
  const [from, to] = range(kind, value);
  const inside = (each: string) => point >= range(kind, each)[0] && point <= range(kind, each)[1];
  const answers: Partial<Record<Condition["operator"], boolean>> = {
    LT: point < from,
    LTE: point <= to,
    GT: point > to,
    GTE: point >= from,
    BETWEEN: point >= from && point <= range(kind, highValue)[1],
  };
  return answers[operator] ?? asked(condition).some(inside);
}

function positive(kind: Kind, held: string, condition: Condition): boolean {
  if (kind === "text") return textMatches(held, condition);
  if (kind === "several") return optionsMatch(held, condition);
  if (kind === "option" || kind === "bool") return asked(condition).includes(held);
  return pointMatches(kind, held, condition);
}

function matches(row: Row, condition: Condition): boolean {
  const name = condition.propertyName as Exclude<keyof Row, "id">;
  const held = row[name];
  if (condition.operator === "HAS_PROPERTY") return held !== null;
  if (condition.operator === "NOT_HAS_PROPERTY") return held === null;
  const negative = /^N(EQ|OT_)/.test(condition.operator);
  return held === null ? negative : positive(kinds[name], held, condition) !== negative;
}

/** The ids of the rows that a filter means, sorted. */
export function expectedIds(rows: readonly Row[], { filterGroups }: Filter): string[] {
  const groups = filterGroups.filter(({ filters }) => filters.length > 0);
  const isIn = (row: Row) =>
    groups.some(({ filters }) => filters.every((condition) => matches(row, condition)));
  return rows
    .filter((row) => groups.length === 0 || isIn(row))
    .map(({ id }) => id)
    .toSorted();
}
