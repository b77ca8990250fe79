import { type RawBuilder, sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Catalogue, Property } from "#server/properties/property.ts";
import { propertySql, type SqlKind } from "#server/properties/property-sql.ts";

export interface Sort {
  readonly propertyName: string;
  readonly direction: "asc" | "desc";
}

/** A sort as SQL: contacts in order, and everybody after a given place of that order. */
export interface SortOrder {
  readonly orderBy: RawBuilder<unknown>;
  /** The same order written so that no index gives it; null where none does anyway. */
  readonly orderByWithoutIndex: RawBuilder<unknown> | null;
  /** The sorted value in a written form that a cursor can carry. */
  readonly written: RawBuilder<string | null>;
  after(place: Place): RawBuilder<boolean>;
}

/** Where a page ended: the sorted value and the id, which decides among equals. */
export interface Place {
  readonly value: string | null;
  readonly id: string;
}

interface Key {
  readonly expression: RawBuilder<unknown>;
  /** How a written value becomes one to compare with. */
  readonly type: string;
  readonly neverNull?: boolean;
}

const collations: Record<Language, RawBuilder<unknown>> = {
  en: sql`collate "und-x-icu"`,
  sv: sql`collate "sv-x-icu"`,
  pl: sql`collate "pl-x-icu"`,
};

const types: Record<SqlKind, string> = {
  text: "text",
  list: "text",
  number: "numeric",
  id: "bigint",
  boolean: "boolean",
  date: "date",
  datetime: "timestamptz",
};

/** Every contact has these: an index can serve them, and nobody comes last for lack of a value. */
const neverNull: ReadonlySet<string> = new Set(["createdate", "lastmodifieddate", "hs_object_id"]);

/** Sorts that an index gives, in a form that it does not know. */
const withoutIndex: Record<string, RawBuilder<unknown>> = {
  createdate: sql`c.createdate + interval '0 seconds'`,
  hs_object_id: sql`c.id + 0`,
};

/** Reads a sort for the actor's language. Refuses a property the account does not have. */
export function sortOrder(context: Context, catalogue: Catalogue, sort: Sort): SortOrder {
  const { expression, type, neverNull = false } = keyOf(context, catalogue, sort.propertyName);
  const collation = type === "text" ? collations[context.actor.language] : sql``;
  const key = sql`${expression} ${collation}`;
  const direction = sql.raw(sort.direction);
  const nulls = neverNull ? sql`` : sql`nulls last`;
  const beyond = sort.direction === "asc" ? sql`>` : sql`<`;
  const plain = withoutIndex[sort.propertyName];
  return {
    orderBy: sql`${key} ${direction} ${nulls}, c.id ${direction}`,
    orderByWithoutIndex: plain ? sql`${plain} ${direction}, c.id ${direction}` : null,
    written: sql<string | null>`(${expression})::text`,
    after({ value, id }) {
      if (value === null) return sql<boolean>`(${expression} is null and c.id ${beyond} ${id}::bigint)`;
      const then = sql`(${key}, c.id) ${beyond} (${value}::${sql.raw(type)} ${collation}, ${id}::bigint)`;
      return neverNull ? sql<boolean>`${then}` : sql<boolean>`(${then} or ${expression} is null)`;
    },
  };
}

function keyOf(context: Context, catalogue: Catalogue, name: string): Key {
  if (name === "name") {
    return { expression: sql`nullif(concat_ws(' ', c.firstname, c.lastname), '')`, type: "text" };
  }
  const property = catalogue.get(name);
  if (!property) throw new AppError("invalid_input", "contacts-index:unknown_property", { property: name });
  const { kind, expression } = propertySql(context, property);
  if (property.type === "enumeration" && (kind === "text" || kind === "id")) {
    return { expression: position(property, expression), type: "int" };
  }
  return { expression, type: types[kind], neverNull: neverNull.has(name) };
}

/** Options sort as they are offered, stages from first to last; values that are no option any more come last. */
function position({ options }: Property, expression: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`array_position(${options.map(({ value }) => value)}::text[], (${expression})::text)`;
}
