import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { builtInProperty } from "#server/properties/built-in-properties.ts";
import type { Property } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";
import { storedValue } from "#server/properties/property-value.ts";
import type { ReadValues } from "./read-values.ts";

export interface ContactHead {
  readonly id: string;
  readonly email: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  /** Deleted as a marketing contact whose time has not passed. */
  readonly countsWhenRestored: boolean;
}

/** An id that was merged away finds the contact it was merged into. */
export async function selectHead(
  { db, clock, accountId }: Context,
  contactId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ContactHead | undefined> {
  const { rows } = await sql<ContactHead>`
    select c.id, c.email, c.createdate as "createdAt", c.lastmodifieddate as "updatedAt", c.deleted_at as "deletedAt",
      exists (select from deleted_contact d where d.account_id = c.account_id and d.contact_id = c.id
        and d.kept_until > ${clock.sql}) as "countsWhenRestored"
    from contact c
    where c.account_id = ${accountId} and c.id = coalesce(
      (select contact_id from merged_contact where account_id = ${accountId} and merged_id = ${contactId}),
      ${contactId}::bigint)
    ${lock ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

type TextValues = Record<string, string | null>;

/** The values of one contact as the API writes them. */
export async function selectValues(
  context: Context,
  contactId: string,
  properties: readonly Property[],
): Promise<TextValues> {
  if (properties.length === 0) return {};
  const columns = properties.map(
    (property) => sql`${propertySql(context, property).text} as ${sql.id(property.name)}`,
  );
  const { rows } = await sql<TextValues>`select ${sql.join(columns)} from contact c
    where c.account_id = ${context.accountId} and c.id = ${contactId}`.execute(context.db);
  return rows[0] ?? {};
}

interface NewContact {
  readonly values: ReadValues;
  readonly source: string;
  readonly sourceId: string | null;
}

export async function insertContact(
  { db, clock, accountId }: Context,
  { values, source, sourceId }: NewContact,
): Promise<string> {
  const columns = columnValues(values);
  const names = columns.map(({ column }) => sql`, ${sql.id(column)}`);
  const contents = columns.map(({ content }) => sql`, ${content}`);
  const { rows } = await sql<{ id: string }>`
    insert into contact (account_id, hs_object_source, hs_object_source_id, createdate, lastmodifieddate,
      custom ${sql.join(names, sql``)})
    values (${accountId}, ${source}, ${sourceId}, ${clock.sql}, ${clock.sql},
      ${customJson(values)}::jsonb ${sql.join(contents, sql``)})
    returning id`.execute(db);
  return rows[0]?.id as string;
}

/** Sets these values and leaves the others. */
export async function saveValues(
  { db, clock, accountId }: Context,
  contactId: string,
  values: ReadValues,
): Promise<void> {
  const columns = columnValues(values).map(({ column, content }) => sql`, ${sql.id(column)} = ${content}`);
  await sql`update contact set custom = (custom || ${customJson(values)}::jsonb) - ${clearedNames(values)}::text[],
      lastmodifieddate = ${clock.sql} ${sql.join(columns, sql``)}
    where account_id = ${accountId} and id = ${contactId}`.execute(db);
}

interface ColumnValue {
  readonly column: string;
  readonly content: RawBuilder<unknown>;
}

function columnValues(values: ReadValues): ColumnValue[] {
  return [...values].flatMap(([property, value]) => {
    const column = builtInProperty(property.name)?.column;
    return column ? [{ column, content: typedValue(property, value) }] : [];
  });
}

/** A canonical value in the type of its column. */
export function typedValue(property: Property, value: string | null): RawBuilder<unknown> {
  if (property.name === "hubspot_owner_id") return sql`${value}::bigint`;
  return property.type === "number" ? sql`${value}::numeric` : sql`${value}::text`;
}

function customJson(values: ReadValues): string {
  const kept = [...values].flatMap(([property, value]) =>
    property.builtIn || value === null ? [] : [[property.name, storedValue(property, value)] as const],
  );
  return JSON.stringify(Object.fromEntries(kept));
}

function clearedNames(values: ReadValues): string[] {
  return [...values].flatMap(([{ name, builtIn }, value]) => (!builtIn && value === null ? [name] : []));
}
