import { type RawBuilder, sql } from "kysely";
import type { SqlKind } from "#server/properties/property-sql.ts";
import { compareMoment } from "./compare-moment.ts";
import type { FieldSql } from "./field-sql.ts";
import type { CheckedCondition, Operator } from "./filter.ts";

type Compare = (field: FieldSql, condition: CheckedCondition) => RawBuilder<boolean>;

const positive: Partial<Record<Operator, Operator>> = {
  NEQ: "EQ",
  NOT_IN: "IN",
  NOT_CONTAINS_TOKEN: "CONTAINS_TOKEN",
  NOT_IN_LAST_DAYS: "IN_LAST_DAYS",
};

/** A condition as SQL. Negative operators are exactly the opposite of their positive ones, so "no value" is in. */
export function compareValue(field: FieldSql, condition: CheckedCondition): RawBuilder<boolean> {
  const { expression, neverNull } = field;
  if (condition.operator === "HAS_PROPERTY") return sql<boolean>`${expression} is not null`;
  if (condition.operator === "NOT_HAS_PROPERTY") return sql<boolean>`${expression} is null`;
  const compare =
    condition.field.type === "enumeration" ? compareOption[field.kind] : compareByKind[field.kind];
  const opposite = positive[condition.operator];
  if (!opposite) return hinted(field, condition, compare(field, condition));
  const matches = compare(field, { ...condition, operator: opposite });
  return neverNull ? sql<boolean>`(not ${matches})` : sql<boolean>`(${expression} is null or not ${matches})`;
}

/** With a hint that an index answers, where each value has one; what compares exactly still decides. */
function hinted(
  { kind, hint }: FieldSql,
  { operator, values, field }: CheckedCondition,
  matches: RawBuilder<boolean>,
): RawBuilder<boolean> {
  if (!hint || kind !== "text" || field.type !== "string" || values.length > MOST_HINTS) return matches;
  if (operator === "CONTAINS_TOKEN" && values.some((value) => value.includes("*"))) return matches;
  const hints = values.map(hint).filter((found) => found !== undefined);
  if (hints.length < values.length) return matches;
  return sql<boolean>`((${sql.join(hints, sql` or `)}) and ${matches})`;
}

/** From so many values on, reading everything once is quicker than looking each up. */
const MOST_HINTS = 20;

const compareText: Compare = ({ expression }, { operator, values }) => {
  const first = values[0] ?? "";
  if (operator === "CONTAINS_TOKEN") return containsTokens(expression, first);
  if (operator === "STARTS_WITH") return sql<boolean>`starts_with(fold(${expression}), fold(${first}))`;
  return equalsText(expression, values);
};

/**
 * Folding every value costs a microsecond; plain lower case decides for nearly all, so `fold` is left for
 * values with other than ASCII characters.
 */
function equalsText(expression: RawBuilder<unknown>, values: readonly string[]): RawBuilder<boolean> {
  const folded = foldAll(values);
  return sql<boolean>`(lower(${expression}) = any(${folded})
    or (octet_length(${expression}) <> length(${expression}) and fold(${expression}) = any(${folded})))`;
}

function foldAll(values: readonly string[]): RawBuilder<unknown> {
  return sql`array(select fold(value) from unnest(${values}::text[]) as value)`;
}

/** Every word of the value is in the text; `*` stands for any characters. Punctuation separates words on both sides. */
function containsTokens(expression: RawBuilder<unknown>, value: string): RawBuilder<boolean> {
  const words = value.trim().split(/\s+/);
  const each = words.map((word) => sql`token_text(${expression}) like token_pattern(${word})`);
  return sql<boolean>`(${sql.join(each, sql` and `)})`;
}

const symbols: Partial<Record<Operator, RawBuilder<unknown>>> = {
  EQ: sql`=`,
  LT: sql`<`,
  LTE: sql`<=`,
  GT: sql`>`,
  GTE: sql`>=`,
};

const compareNumber: Compare = ({ expression }, { operator, values }) => {
  if (operator === "IN") return sql<boolean>`(${expression} = any(${values}::numeric[]))`;
  if (operator === "BETWEEN") {
    return sql<boolean>`(${expression} between ${values[0]}::numeric and ${values[1]}::numeric)`;
  }
  return sql<boolean>`(${expression} ${symbols[operator]} ${values[0]}::numeric)`;
};

/** Without a comparison to `true`, so that the planner sees `exists` and joins. */
const compareBool: Compare = ({ expression }, { values }) => {
  const [yes, no] = [values.includes("true"), values.includes("false")];
  if (yes && no) return sql<boolean>`(${expression} is not null)`;
  if (yes) return sql<boolean>`(${expression})`;
  return no ? sql<boolean>`(not ${expression})` : sql<boolean>`false`;
};

/** Whole numbers stay bigint, which an index on ids can use. */
const compareId: Compare = (field, condition) => {
  const { operator, values } = condition;
  if (!values.every((value) => /^\d{1,18}$/.test(value))) return compareNumber(field, condition);
  if (operator === "EQ" || operator === "IN")
    return sql<boolean>`(${field.expression} = any(${values}::bigint[]))`;
  if (operator === "BETWEEN") {
    return sql<boolean>`(${field.expression} between ${values[0]}::bigint and ${values[1]}::bigint)`;
  }
  return sql<boolean>`(${field.expression} ${symbols[operator]} ${values[0]}::bigint)`;
};

/** Text that holds several values: any of them may be meant. */
const compareTextList: Compare = (field, condition) => {
  const { operator, values } = condition;
  if (operator !== "EQ" && operator !== "IN") return compareText(field, condition);
  return sql<boolean>`(string_to_array(fold(${field.expression}), ';') && ${foldAll(values)})`;
};

const compareByKind: Record<SqlKind, Compare> = {
  text: compareText,
  list: compareTextList,
  number: compareNumber,
  id: compareId,
  boolean: compareBool,
  date: compareMoment,
  datetime: compareMoment,
};

const compareOneOption: Compare = ({ expression }, { values }) =>
  values.length === 1
    ? sql<boolean>`(${expression} = ${values[0]})`
    : sql<boolean>`(${expression} = any(${values}::text[]))`;

/** People as options: what is no id is nobody. */
const comparePerson: Compare = (field, condition) => {
  const ids = condition.values.filter((value) => /^\d{1,18}$/.test(value));
  return sql<boolean>`(${field.expression} = any(${ids}::bigint[]))`;
};

/** EQ: exactly these; IN: at least one of them; CONTAINS_TOKEN: all of them and perhaps more. */
const compareOptions: Compare = ({ expression }, { operator, values }) => {
  const held = sql`string_to_array(${expression}, ';')`;
  const asked = sql`${operator === "IN" ? values : (values[0]?.split(";") ?? [])}::text[]`;
  if (operator === "IN") return sql<boolean>`(${held} && ${asked})`;
  if (operator === "CONTAINS_TOKEN") return sql<boolean>`(${held} @> ${asked})`;
  return sql<boolean>`(${held} @> ${asked} and ${held} <@ ${asked})`;
};

const compareOption: Record<SqlKind, Compare> = {
  ...compareByKind,
  text: compareOneOption,
  list: compareOptions,
  id: comparePerson,
};
