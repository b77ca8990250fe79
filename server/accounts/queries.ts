import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import { builtInRoles } from "#contract/permissions.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly language: Language;
  readonly timeZone: string;
  readonly operator: boolean;
}

export interface NewAccount {
  readonly name: string;
  readonly timeZone: string;
  readonly language: Language;
}

/** Null when the address has a login already. */
export async function insertUser({ db, clock }: Context, user: NewUser): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into app_user (email, name, password_hash, language, time_zone, operator, created_at)
    values (${user.email}, ${user.name}, ${user.passwordHash}, ${user.language}, ${user.timeZone},
      ${user.operator}, ${clock.sql})
    on conflict (email) do nothing returning id`.execute(db);
  return rows[0]?.id ?? null;
}

export async function anyUser(db: Database): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from app_user) as found`.execute(db);
  return rows[0]?.found ?? false;
}

/** Two first set-ups at once: the second waits here, and then finds that it is not the first. */
export async function lockInstallation(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('headroom.installation'))`.execute(db);
}

export async function findUserId(db: Database, email: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from app_user where email = ${email}`.execute(db);
  return rows[0]?.id ?? null;
}

/** Null when a living account has the name. */
export async function insertAccount({ db, clock }: Context, account: NewAccount): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into account (name, time_zone, language, created_at)
    values (${account.name}, ${account.timeZone}, ${account.language}, ${clock.sql})
    on conflict (lower(name)) where closed_at is null do nothing returning id`.execute(db);
  return rows[0]?.id ?? null;
}

export async function insertBuiltInRoles({ db, clock }: Context, accountId: string): Promise<void> {
  await sql`insert into role (account_id, key, created_at)
    select ${accountId}, key, ${clock.sql} from unnest(${Object.keys(builtInRoles)}::text[]) key`.execute(db);
}

export async function insertMember(
  { db, clock, accountId }: Context,
  member: { userId: string; roleId: string },
): Promise<void> {
  await sql`insert into account_member (account_id, user_id, role_id, joined_at)
    values (${accountId}, ${member.userId}, ${member.roleId}, ${clock.sql})
    on conflict (account_id, user_id) do update set role_id = excluded.role_id, active = true`.execute(db);
}

export async function insertSuperAdmin(
  { db, clock }: Context,
  accountId: string,
  userId: string,
): Promise<void> {
  await sql`insert into account_member (account_id, user_id, role_id, joined_at)
    select account_id, ${userId}, id, ${clock.sql} from role
    where account_id = ${accountId} and key = 'super-admin'`.execute(db);
}

export interface AccountChange {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly language?: string | undefined;
}

export async function updateAccountRow({ db, accountId }: Context, change: AccountChange): Promise<void> {
  await sql`update account set name = coalesce(${change.name ?? null}, name),
    time_zone = coalesce(${change.timeZone ?? null}, time_zone),
    language = coalesce(${change.language ?? null}, language) where id = ${accountId}`.execute(db);
}

/** Whether a living account other than this one has the name. */
export async function accountNameTaken({ db, accountId }: Context, name: string): Promise<boolean> {
  const { rows } = await sql`select from account
    where lower(name) = lower(${name}) and closed_at is null and id <> ${accountId || "0"}`.execute(db);
  return rows.length > 0;
}

export async function accountName({ db, accountId }: Context): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from account where id = ${accountId || "0"} and closed_at is null`.execute(db);
  return rows[0]?.name ?? null;
}

export async function closeAccount({ db, clock, accountId }: Context): Promise<void> {
  await sql`update account set closed_at = ${clock.sql} where id = ${accountId}`.execute(db);
  await sql`update session set account_id = null where account_id = ${accountId}`.execute(db);
}

export async function closedAccounts(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from account where closed_at is not null`.execute(db);
  return rows.map(({ id }) => id);
}

/** Every table with an account is emptied of it; a big one takes longer than a statement usually may. */
export async function deleteAccountData(db: Database, accountId: string): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`select delete_account_data(${accountId})`.execute(db);
}

export async function insertSetupLink(
  { db, clock }: Context,
  tokenHash: Buffer,
  hours: number,
): Promise<void> {
  await sql`delete from setup_link`.execute(db);
  await sql`insert into setup_link (token_hash, created_at, expires_at)
    values (${tokenHash}, ${clock.sql}, ${clock.sql} + make_interval(hours => ${hours}))`.execute(db);
}

export async function setupLinkValid({ db, clock }: Context, tokenHash: Buffer): Promise<boolean> {
  const { rows } = await sql`select from setup_link
    where token_hash = ${tokenHash} and expires_at > ${clock.sql}`.execute(db);
  return rows.length > 0;
}

export async function deleteSetupLinks(db: Database): Promise<void> {
  await sql`delete from setup_link`.execute(db);
}
