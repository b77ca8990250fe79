import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { builtInProperty } from "#server/properties/built-in-properties.ts";
import type { Property } from "#server/properties/property.ts";
import { propertySql } from "#server/properties/property-sql.ts";
import { storedValue } from "#server/properties/property-value.ts";
import { typedValue } from "../record/queries.ts";

export interface EditedRow {
  readonly id: string;
  readonly before: string | null;
  readonly changed: boolean;
}

interface Edit {
  readonly ids: readonly string[];
  readonly property: Property;
  /** Canonical. */
  readonly value: string | null;
}

interface ValueEdit {
  readonly property: Property;
  /** Canonical, by contact. */
  readonly values: ReadonlyMap<string, string | null>;
}

/** Sets a value of its own on each of the living contacts; returns them with what they had before. */
export async function editValues(context: Context, { property, values }: ValueEdit): Promise<EditedRow[]> {
  const { db, clock, accountId } = context;
  const { rows } = await sql<EditedRow>`
    with target as (
      select c.id, ${propertySql(context, property).text} as before, asked.value from contact c
      join unnest(${[...values.keys()]}::bigint[], ${[...values.values()]}::text[]) as asked(id, value) on asked.id = c.id
      where c.account_id = ${accountId} and c.deleted_at is null
      order by c.id for update of c
    ), edited as (
      update contact set ${assigned(property, sql`target.value`)}, lastmodifieddate = ${clock.sql}
      from target
      where account_id = ${accountId} and contact.id = target.id and target.before is distinct from target.value
      returning contact.id
    )
    select target.id, target.before, edited.id is not null as changed
    from target left join edited on edited.id = target.id
    order by target.id`.execute(db);
  return rows;
}

/** What sets a property to a canonical text, which is of the property's type in the database. */
function assigned({ name, type }: Property, value: RawBuilder<unknown>): RawBuilder<unknown> {
  const column = builtInProperty(name)?.column;
  const typed = { number: sql`numeric`, bool: sql`boolean` }[type as "number" | "bool"] ?? sql`text`;
  return column
    ? sql`${sql.id(column)} = ${value}::${name === "hubspot_owner_id" ? sql`bigint` : typed}`
    : sql`custom = case when ${value} is null then custom - ${name}::text
        else custom || jsonb_build_object(${name}::text, ${value}::${typed}) end`;
}

/** Sets one value on the living contacts among these; returns them with what they had before. */
export async function editProperty(context: Context, { ids, property, value }: Edit): Promise<EditedRow[]> {
  const { db, clock, accountId } = context;
  const { rows } = await sql<EditedRow>`
    with target as (
      select c.id, ${propertySql(context, property).text} as before from contact c
      where c.account_id = ${accountId} and c.id = any(${ids}::bigint[]) and c.deleted_at is null
      order by c.id for update
    ), edited as (
      update contact set ${assignment(property, value)}, lastmodifieddate = ${clock.sql}
      from target
      where account_id = ${accountId} and contact.id = target.id and target.before is distinct from ${value}::text
      returning contact.id
    )
    select target.id, target.before, edited.id is not null as changed
    from target left join edited on edited.id = target.id
    order by target.id`.execute(db);
  return rows;
}

function assignment(property: Property, value: string | null) {
  const column = builtInProperty(property.name)?.column;
  if (column) return sql`${sql.id(column)} = ${typedValue(property, value)}`;
  if (value === null) return sql`custom = custom - ${property.name}::text`;
  const json = JSON.stringify({ [property.name]: storedValue(property, value) });
  return sql`custom = custom || ${json}::jsonb`;
}

export interface RevertedRow {
  readonly id: string;
  /** What the edit had written, and what it was before and now is again. */
  readonly from: string | null;
  readonly to: string | null;
}

interface Revert {
  readonly ids: readonly string[];
  readonly property: Property;
  /** The operation whose edit goes back. */
  readonly operationId: string;
}

/** Puts the old value back on living contacts where that edit is still the latest of this property. */
export async function revertProperty(
  context: Context,
  { ids, property, operationId }: Revert,
): Promise<RevertedRow[]> {
  const { db, clock, accountId } = context;
  const old = sql`(latest.old_values->>${property.name})`;
  const { rows } = await sql<RevertedRow>`
    with latest as (
      select distinct on (h.contact_id) h.contact_id, h.operation_id, h.old_values, h.new_values
      from property_change h
      where h.account_id = ${accountId} and h.contact_id = any(${ids}::bigint[]) and h.new_values ? ${property.name}
      order by h.contact_id, h.id desc
    )
    update contact set ${assigned(property, old)}, lastmodifieddate = ${clock.sql}
    from latest
    where account_id = ${accountId} and contact.id = latest.contact_id and deleted_at is null
      and latest.operation_id = ${operationId}::bigint
    returning contact.id, latest.new_values->>${property.name} as "from", ${old} as "to"`.execute(db);
  return rows;
}

/** How many of the contacts in `scope`, a select of one column `id`, count at this moment. */
export async function countMarketing(
  { db, clock, accountId }: Context,
  scope: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select count(*)::int as contacts from (${scope}) s
    join marketing_contact m on m.account_id = ${accountId} and m.contact_id = s.id and m.until > ${clock.sql}`.execute(
    db,
  );
  return rows[0]?.contacts ?? 0;
}
