import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";

export interface RoleRow {
  readonly id: string;
  readonly key: string | null;
  readonly name: string | null;
  readonly permissions: string[];
  readonly users: number;
}

/** Built-in roles first, in the order they were made, then own ones by name. */
export async function listRoleRows({ db, accountId }: Context): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select role.id, role.key, role.name, role.permissions,
      (select count(*)::int from account_member member
        where member.account_id = role.account_id and member.role_id = role.id and member.active) as users
    from role where account_id = ${accountId}
    order by key is null, case when key is not null then id end, name collate "und-x-icu"`.execute(db);
  return rows;
}

interface RoleInput {
  readonly name: string;
  readonly permissions: readonly string[];
}

/** Null when the name is taken. */
export async function insertRole({ db, clock, accountId }: Context, role: RoleInput): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into role (account_id, name, permissions, created_at)
    values (${accountId}, ${role.name}, ${[...role.permissions]}::text[], ${clock.sql})
    on conflict (account_id, lower(name)) do nothing returning id`.execute(db);
  return rows[0]?.id ?? null;
}

export async function roleNameTaken({ db, accountId }: Context, name: string, id: string): Promise<boolean> {
  const { rows } = await sql`select from role
    where account_id = ${accountId} and lower(name) = lower(${name}) and id <> ${id}`.execute(db);
  return rows.length > 0;
}

export async function updateRoleRow(
  { db, accountId }: Context,
  role: RoleInput & { id: string },
): Promise<void> {
  await sql`update role set name = ${role.name}, permissions = ${[...role.permissions]}::text[]
    where account_id = ${accountId} and id = ${role.id} and key is null`.execute(db);
}

export async function deleteRoleRow({ db, accountId }: Context, id: string): Promise<void> {
  await sql`delete from invitation where account_id = ${accountId} and role_id = ${id}`.execute(db);
  await sql`delete from role where account_id = ${accountId} and id = ${id} and key is null`.execute(db);
}

/** Whether anybody, also somebody deactivated, still has the role. */
export async function roleInUse({ db, accountId }: Context, id: string): Promise<boolean> {
  const { rows } = await sql`select from account_member
    where account_id = ${accountId} and role_id = ${id} limit 1`.execute(db);
  return rows.length > 0;
}

export interface ActiveMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly roleKey: string | null;
  readonly permissions: string[];
}

export async function listActiveMembers({ db, accountId }: Context): Promise<ActiveMember[]> {
  const { rows } = await sql<ActiveMember>`
    select app_user.id, app_user.name, app_user.email, app_user.language, app_user.time_zone as "timeZone",
      role.key as "roleKey", role.permissions
    from account_member member
    join app_user on app_user.id = member.user_id
    join role on role.account_id = member.account_id and role.id = member.role_id
    where member.account_id = ${accountId} and member.active
    order by app_user.name collate "und-x-icu"`.execute(db);
  return rows;
}

/** Ends the sessions of everybody with a role, whose rights have just changed. */
export async function deleteSessionsOfRole({ db, accountId }: Context, roleId: string): Promise<void> {
  await sql`delete from session using account_member member
    where member.user_id = session.user_id and member.account_id = ${accountId}
      and member.role_id = ${roleId}`.execute(db);
}
