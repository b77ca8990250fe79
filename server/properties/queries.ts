import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { MAX_TEXT, type Property, type PropertyGroup, type PropertyOption } from "./property.ts";

const customColumns = sql`name, label, description, group_name as "groupName", type, field_type as "fieldType", options,
  read_only as "readOnly", has_unique_value as "hasUniqueValue", false as "builtIn", ${MAX_TEXT}::int as "maxLength",
  display_order as "displayOrder"`;

export async function listCustomProperties(
  { db, accountId }: Context,
  { archived }: { readonly archived: boolean },
): Promise<Property[]> {
  const { rows } = await sql<Property>`
    select ${customColumns} from property
    where account_id = ${accountId} and (archived_at is not null) = ${archived}
    order by display_order, label collate "und-x-icu", name`.execute(db);
  return rows;
}

export async function listGroups({ db, accountId }: Context): Promise<PropertyGroup[]> {
  const { rows } = await sql<PropertyGroup>`
    select name, label, false as "builtIn", display_order as "displayOrder" from property_group
    where account_id = ${accountId}
    order by display_order, label collate "und-x-icu", name`.execute(db);
  return rows;
}

/** The people who can own a contact; those who left stay valid but are not offered. */
export async function listMembers({ db, accountId }: Context): Promise<PropertyOption[]> {
  const { rows } = await sql<PropertyOption>`
    select app_user.id::text as value, app_user.name as label, not account_member.active as hidden
    from account_member join app_user on app_user.id = account_member.user_id
    where account_member.account_id = ${accountId}
    order by app_user.name collate "und-x-icu", app_user.id`.execute(db);
  return rows;
}

/** Names of all custom properties, archived ones too: theirs stay taken. */
export async function listNames({ db, accountId }: Context): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from property where account_id = ${accountId}`.execute(db);
  return rows.map((row) => row.name);
}

export interface PropertyChanges {
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly fieldType: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder?: number;
}

interface NewProperty extends PropertyChanges {
  readonly name: string;
  readonly type: string;
  readonly hasUniqueValue: boolean;
}

/** False when the name is taken. */
export async function insertProperty(
  { db, accountId, clock }: Context,
  property: NewProperty,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into property (account_id, name, label, description, group_name, type, field_type, options,
      has_unique_value, display_order, created_at, updated_at)
    select ${accountId}, ${property.name}, ${property.label}, ${property.description}, ${property.groupName},
      ${property.type}, ${property.fieldType}, ${JSON.stringify(property.options)}::jsonb,
      ${property.hasUniqueValue}, coalesce(max(display_order), 0) + 1, ${clock.sql}, ${clock.sql}
    from property where account_id = ${accountId}
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

export async function saveProperty(context: Context, name: string, changes: PropertyChanges): Promise<void> {
  const { db, accountId, clock } = context;
  await sql`
    update property set label = ${changes.label}, description = ${changes.description},
      group_name = ${changes.groupName}, field_type = ${changes.fieldType},
      options = ${JSON.stringify(changes.options)}::jsonb, display_order = ${changes.displayOrder ?? 0},
      updated_at = ${clock.sql}
    where account_id = ${accountId} and name = ${name}`.execute(db);
}

interface Archiving {
  readonly name: string;
  readonly archived: boolean;
}

/** False when there is no such property in the other state. */
export async function setArchived(
  { db, accountId, clock }: Context,
  { name, archived }: Archiving,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update property set archived_at = case when ${archived} then ${clock.sql} end, updated_at = ${clock.sql}
    where account_id = ${accountId} and name = ${name} and (archived_at is null) = ${archived}`.execute(db);
  return numAffectedRows === 1n;
}

/** One of the values that a contact still has, if any. */
export async function usedValue(
  { db, accountId }: Context,
  { name }: Property,
  values: readonly string[],
): Promise<string | undefined> {
  if (values.length === 0) return undefined;
  const { rows } = await sql<{ value: string }>`
    select part.value
    from contact, unnest(string_to_array(custom->>${sql.lit(name)}, ';')) part (value)
    where account_id = ${accountId} and custom ? ${name} and part.value = any(${values}::text[])
    limit 1`.execute(db);
  return rows[0]?.value;
}

export async function insertGroup(
  { db, accountId }: Context,
  { name, label }: { readonly name: string; readonly label: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into property_group (account_id, name, label, display_order)
    select ${accountId}, ${name}, ${label}, coalesce(max(display_order), 100) + 1
    from property_group where account_id = ${accountId}
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

export async function saveGroup(
  { db, accountId }: Context,
  { name, label, displayOrder }: Omit<PropertyGroup, "builtIn">,
): Promise<void> {
  await sql`update property_group set label = ${label}, display_order = ${displayOrder}
    where account_id = ${accountId} and name = ${name}`.execute(db);
}

/** False when a property in use is still in it. */
export async function deleteGroup(
  { db, accountId }: Context,
  { name, heir }: { readonly name: string; readonly heir: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from property_group where account_id = ${accountId} and name = ${name} and not exists (
      select from property where account_id = ${accountId} and group_name = ${name} and archived_at is null
    )`.execute(db);
  if (numAffectedRows !== 1n) return false;
  await sql`update property set group_name = ${heir}
    where account_id = ${accountId} and group_name = ${name}`.execute(db);
  return true;
}

interface HistoryRow {
  readonly contactId: string;
  readonly oldValues: object;
  readonly newValues: object;
}

interface HistoryOrigin {
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly operationId?: string | null;
}

export async function insertChanges(
  { db, accountId, clock, actor }: Context,
  rows: readonly HistoryRow[],
  { sourceType, sourceId, operationId = null }: HistoryOrigin,
): Promise<void> {
  const ids = rows.map((row) => row.contactId);
  const before = rows.map((row) => JSON.stringify(row.oldValues));
  const after = rows.map((row) => JSON.stringify(row.newValues));
  await sql`
    insert into property_change (account_id, contact_id, at, source_type, source_id, actor_type, actor_id,
      operation_id, old_values, new_values)
    select ${accountId}, row.contact_id, ${clock.sql}, ${sourceType}, ${sourceId}, ${actor.type}, ${actor.id},
      ${operationId}, row.before, row.after
    from unnest(${ids}::bigint[], ${before}::jsonb[], ${after}::jsonb[]) row (contact_id, before, after)`.execute(
    db,
  );
}

export async function insertChangesFrom(
  { db, accountId, clock, actor }: Context,
  changes: RawBuilder<unknown>,
  { sourceType, sourceId, operationId = null }: HistoryOrigin,
): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] | null }>`
    with written as (
      insert into property_change (account_id, contact_id, at, source_type, source_id, actor_type, actor_id,
        operation_id, old_values, new_values)
      select ${accountId}::bigint, contact_id, ${clock.sql}, ${sourceType}::text, ${sourceId}::text,
        ${actor.type}::text, ${actor.id}::bigint, ${operationId}::bigint, old_values, new_values
      from (${changes}) changes
      returning contact_id
    )
    select array_agg(contact_id) as ids from written`.execute(db);
  return rows[0]?.ids ?? [];
}

export async function moveHistory(
  { db, accountId }: Context,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql`update property_change set contact_id = ${to}
    where account_id = ${accountId} and contact_id = ${from}`.execute(db);
}

export async function deleteHistory(
  { db, accountId }: Context,
  contactIds: readonly string[],
): Promise<void> {
  await sql`delete from property_change
    where account_id = ${accountId} and contact_id = any(${contactIds}::bigint[])`.execute(db);
}

interface UniqueValue {
  readonly contactId: string;
  readonly property: string;
  readonly value: string;
}

/** False when another contact has the value; waits for a writer that is about to take or give it up. */
export async function insertUniqueValue({ db, accountId }: Context, claim: UniqueValue): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into unique_value (account_id, property, value, contact_id)
    values (${accountId}, ${claim.property}, ${claim.value}, ${claim.contactId})
    on conflict (account_id, property, value) do update set contact_id = excluded.contact_id
      where unique_value.contact_id = excluded.contact_id`.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteUniqueValues(
  { db, accountId }: Context,
  {
    contactIds,
    property = null,
  }: { readonly contactIds: readonly string[]; readonly property?: string | null },
): Promise<void> {
  await sql`delete from unique_value
    where account_id = ${accountId} and contact_id = any(${contactIds}::bigint[])
      and (${property}::text is null or property = ${property})`.execute(db);
}

/** Claims what the contacts' own values say, and returns those that others have. */
export async function insertOwnUniqueValues(
  { db, accountId }: Context,
  contactIds: readonly string[],
): Promise<UniqueValue[]> {
  const own = sql`select property.name as property, c.custom->>property.name as value, c.id as contact_id
    from property join contact c on c.account_id = property.account_id and c.custom ? property.name
    where property.account_id = ${accountId} and property.has_unique_value and c.id = any(${contactIds}::bigint[])`;
  await sql`
    insert into unique_value (account_id, property, value, contact_id)
    select ${accountId}, property, value, contact_id from (${own}) own order by property, value, contact_id
    on conflict do nothing`.execute(db);
  const { rows } = await sql<UniqueValue>`
    select own.contact_id as "contactId", own.property, own.value
    from (${own}) own
    join unique_value u on u.account_id = ${accountId} and u.property = own.property and u.value = own.value
    where u.contact_id <> own.contact_id`.execute(db);
  return rows;
}
