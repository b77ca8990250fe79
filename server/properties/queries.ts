import { sql } from "kysely";
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
