import { type RawBuilder, sql } from "kysely";
import type { FieldSql } from "./field-sql.ts";
import { type CheckedCondition, readMoment } from "./filter.ts";

/** From `from` (inside) up to `to` (outside); a missing end is open. */
interface Range {
  readonly from?: RawBuilder<unknown>;
  readonly to?: RawBuilder<unknown>;
}

/**
 * Compares days and instants as ranges. A day named for a datetime is that day of the account's zone, from its first
 * instant up to the next day's; relative dates are whole days, today being one of them.
 */
export function compareMoment(
  field: FieldSql,
  { operator, values, field: { type } }: CheckedCondition,
): RawBuilder<boolean> {
  const edges = type === "date" ? dayEdges(field) : instantEdges(field);
  if (operator === "IN") return anyOf(values.map((value) => within(field, edges.of(value))));
  if (operator === "IN_LAST_DAYS") return within(field, edges.aroundToday(-Number(values[0]), 0));
  if (operator === "IN_NEXT_DAYS") return within(field, edges.aroundToday(0, Number(values[0])));
  const first = edges.of(values[0] ?? "");
  if (operator === "BETWEEN") return within(field, span(first, edges.of(values[1] ?? "")));
  return within(field, rangeOf(operator, first));
}

function rangeOf(operator: CheckedCondition["operator"], { from, to }: Required<Range>): Range {
  if (operator === "LT") return { to: from };
  if (operator === "LTE") return { to };
  if (operator === "GT") return { from: to };
  if (operator === "GTE") return { from };
  return { from, to };
}

function span({ from }: Required<Range>, { to }: Required<Range>): Range {
  return { from, to };
}

function within({ expression }: FieldSql, { from, to }: Range): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [];
  if (from) parts.push(sql`${expression} >= ${from}`);
  if (to) parts.push(sql`${expression} < ${to}`);
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

function anyOf(parts: RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(parts, sql` or `)})`;
}

interface Edges {
  /** What one value of a condition covers. */
  of(value: string): Required<Range>;
  /** Whole days counted from today. */
  aroundToday(first: number, last: number): Required<Range>;
}

/** For dates: days without a zone. An instant means its day at UTC, as programs write dates. */
function dayEdges(field: FieldSql): Edges {
  return {
    of(value) {
      const moment = readMoment(value);
      const day = moment && ("day" in moment ? moment.day : moment.instant.slice(0, 10));
      return { from: sql`${day}::date`, to: sql`(${day}::date + 1)` };
    },
    aroundToday: (first, last) => ({
      from: sql`(${today(field)} + ${first}::int)`,
      to: sql`(${today(field)} + ${last + 1}::int)`,
    }),
  };
}

/** For datetimes: a day reaches from its first to its last instant in the account's zone, an instant a microsecond. */
function instantEdges(field: FieldSql): Edges {
  const startOf = (day: RawBuilder<unknown>) => sql`(${day}::timestamp at time zone ${field.days.zone})`;
  return {
    of(value) {
      const moment = readMoment(value);
      if (moment && "instant" in moment) {
        const from = sql`${moment.instant}::timestamptz`;
        return { from, to: sql`(${from} + interval '1 millisecond')` };
      }
      const day = sql`${moment?.day}::date`;
      return { from: startOf(day), to: startOf(sql`(${day} + 1)`) };
    },
    aroundToday: (first, last) => ({
      from: startOf(sql`(${today(field)} + ${first}::int)`),
      to: startOf(sql`(${today(field)} + ${last + 1}::int)`),
    }),
  };
}

/** A value, not `now()`: the planner then knows how many days are meant, and nothing is computed for each row. */
function today({ days }: FieldSql): RawBuilder<unknown> {
  return sql`${days.today}::date`;
}
