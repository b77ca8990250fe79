import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { type BuiltInProperty, builtInProperty } from "./built-in-properties.ts";
import { type Property, takesSeveral } from "./property.ts";

/** What kind of SQL value a property is: decides which comparisons make sense. */
export type SqlKind = "text" | "number" | "boolean" | "date" | "datetime" | "id" | "list";

export interface PropertySql {
  readonly kind: SqlKind;
  /** Typed: text, numeric, boolean, date, timestamptz, bigint; a `list` is text written `a;b`. Null is "no value". */
  readonly expression: RawBuilder<unknown>;
  /** The same value as the API writes it. */
  readonly text: RawBuilder<string | null>;
  /**
   * Something that is true of every contact whose text is, begins with or has the words of this value, and that the
   * index of the search box answers. Undefined where that index cannot tell.
   */
  readonly hint?: (value: string) => RawBuilder<boolean> | undefined;
}

/**
 * The one place that knows where a property's value is: an expression over `contact c`.
 * Filters, sorting, lists, search and exports all use it, so they cannot disagree.
 */
export function propertySql(context: Context, property: Property): PropertySql {
  const builtIn = builtInProperty(property.name);
  const kind = kindOf(property, builtIn);
  const expression = builtIn ? builtInExpression(context, builtIn) : customExpression(property, kind);
  const known = builtIn && searched[builtIn.name];
  const hint = known && ((value: string) => searchHint(context, value, known));
  return { kind, expression, text: asText(kind, expression), ...(hint && { hint }) };
}

/**
 * Texts whose words are in `contact.search`, and how long a value may be to be found there: the index knows the first
 * 100, 254, 200 and 40 characters, and values that fold to the same may be written longer, with separate accents.
 */
const searched: Record<string, number> = {
  firstname: 25,
  lastname: 25,
  email: 120,
  company: 50,
  phone: 20,
  mobilephone: 20,
};

/** A word of other letters only might be none for Postgres, so one plain letter or digit is asked for. */
function searchHint({ accountId }: Context, value: string, longest: number): RawBuilder<boolean> | undefined {
  if (value.length > longest || !/[a-z0-9]/i.test(value)) return undefined;
  return sql<boolean>`c.search @@ search_query(${accountId}, ${value})`;
}

/** What decides about a property's value: `contact.<column>`, `custom.<name>`, or the table whose facts it is. */
export function propertyReads({ name }: Property): string {
  const builtIn = builtInProperty(name);
  if (!builtIn) return `custom.${name}`;
  return builtIn.column === null ? (tables[name] ?? "*") : `contact.${builtIn.column}`;
}

const tables: Record<string, string> = {
  hs_additional_emails: "contact_email",
  hs_email_optout: "subscription_fact",
  hs_email_hard_bounce_reason_enum: "subscription_fact",
  hs_marketable_status: "marketing_contact",
  hs_marketable_until_renewal: "marketing_contact",
  hs_marketable_reason_type: "marketing_contact",
  hs_marketable_reason_id: "marketing_contact",
};

function kindOf(property: Property, builtIn: BuiltInProperty | undefined): SqlKind {
  if (takesSeveral(property)) return "list";
  const special = specialKinds[property.name];
  if (builtIn && special) return special;
  return kinds[property.type];
}

const kinds: Record<Property["type"], SqlKind> = {
  string: "text",
  number: "number",
  bool: "boolean",
  date: "date",
  datetime: "datetime",
  enumeration: "text",
};

const specialKinds: Record<string, SqlKind> = {
  hs_object_id: "id",
  hubspot_owner_id: "id",
  hs_additional_emails: "list",
  hs_merged_object_ids: "list",
  hs_marketable_status: "boolean",
  hs_marketable_until_renewal: "boolean",
};

function builtInExpression(context: Context, { name, column }: BuiltInProperty): RawBuilder<unknown> {
  if (column !== null) return sql.ref(`c.${column}`);
  const expression = elsewhere[name];
  if (!expression) throw new Error(`No expression for the property ${name}`);
  return expression(context);
}

const ofContact = (alias: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${alias}.account_id`)} = c.account_id and ${sql.ref(`${alias}.contact_id`)} = c.id`;

/** Properties that are facts of other tables. Each is true of this very moment, without anything having to run. */
const elsewhere: Record<string, (context: Context) => RawBuilder<unknown>> = {
  hs_additional_emails: () =>
    sql`(select string_agg(e.email, ';' order by e.created_at, e.email_key) from contact_email e
      where ${ofContact("e")} and not e.is_primary)`,
  hs_email_optout: () =>
    sql`exists (select from subscription_fact f where ${ofContact("f")} and f.kind = 'opt_out')`,
  hs_email_hard_bounce_reason_enum: () =>
    sql`(select nullif(upper(f.reason), '') from subscription_fact f where ${ofContact("f")} and f.kind = 'bounce')`,
  hs_marketable_status: ({ clock }) =>
    sql`exists (select from marketing_contact m where ${ofContact("m")} and m.until > ${clock.sql})`,
  hs_marketable_until_renewal: ({ clock }) =>
    sql`exists (select from marketing_contact m
      where ${ofContact("m")} and m.until > ${clock.sql} and m.until < 'infinity')`,
  hs_marketable_reason_type: ({ clock }) =>
    sql`(select m.source_type from marketing_contact m where ${ofContact("m")} and m.until > ${clock.sql})`,
  hs_marketable_reason_id: ({ clock }) =>
    sql`(select m.source_id from marketing_contact m where ${ofContact("m")} and m.until > ${clock.sql})`,
};

/** The name is a checked slug; as a literal it can match an index on the same expression. */
function customExpression({ name }: Property, kind: SqlKind): RawBuilder<unknown> {
  const value = sql`(c.custom->>${sql.lit(name)})`;
  const cast = casts[kind];
  return cast ? sql`${value}::${sql.raw(cast)}` : value;
}

const casts: Partial<Record<SqlKind, string>> = {
  number: "numeric",
  boolean: "boolean",
  date: "date",
  datetime: "timestamptz",
};

function asText(kind: SqlKind, expression: RawBuilder<unknown>): RawBuilder<string | null> {
  if (kind === "datetime") {
    return sql<string>`to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  }
  if (kind === "boolean")
    return sql<string>`case ${expression} when true then 'true' when false then 'false' end`;
  if (kind === "number") return sql<string>`trim_scale(${expression})::text`;
  return kind === "text" || kind === "list" ? sql<string>`${expression}` : sql<string>`${expression}::text`;
}
