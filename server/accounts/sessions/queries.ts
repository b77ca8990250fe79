import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";

type Now = Pick<Context, "db" | "clock">;

const IDLE_DAYS = 7;
export const ABSOLUTE_DAYS = 30;

/** The account's part of a login: absent when the person has no such account. */
interface Membership {
  readonly accountId: string | null;
  readonly roleKey: string | null;
  readonly permissions: string[] | null;
}

export interface SessionRow extends Membership {
  readonly id: string;
  readonly userId: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly operator: boolean;
  readonly stale: boolean;
}

/** The living session of a secret, with the membership of the wanted account, else the last, else any. */
export async function findSession(
  { db, clock }: Now,
  tokenHash: Buffer,
  wanted: string | null,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select session.id, session.user_id as "userId", app_user.language, app_user.time_zone as "timeZone",
      app_user.operator, session.last_seen_at < ${clock.sql} - interval '5 minutes' as stale,
      member.account_id as "accountId", member.key as "roleKey", member.permissions
    from session
    join app_user on app_user.id = session.user_id
    left join lateral (
      select account_member.account_id, role.key, role.permissions
      from account_member
      join account on account.id = account_member.account_id and account.closed_at is null
      join role on role.account_id = account_member.account_id and role.id = account_member.role_id
      where account_member.user_id = session.user_id and account_member.active
        and (${wanted}::bigint is null or account_member.account_id = ${wanted}::bigint)
      order by account_member.account_id = session.account_id desc nulls last, account_member.joined_at
      limit 1
    ) member on true
    where session.token_hash = ${tokenHash} and session.expires_at > ${clock.sql}
      and session.last_seen_at > ${clock.sql} - make_interval(days => ${IDLE_DAYS})`.execute(db);
  return rows[0];
}

export async function touchSession({ db, clock }: Now, id: string): Promise<void> {
  await sql`update session set last_seen_at = ${clock.sql} where id = ${id}`.execute(db);
}

export interface NewSession {
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly accountId: string | null;
  readonly address: string;
}

export async function insertSession({ db, clock }: Now, session: NewSession): Promise<void> {
  await sql`insert into session (token_hash, user_id, account_id, address, created_at, last_seen_at, expires_at)
    values (${session.tokenHash}, ${session.userId},
      coalesce(${session.accountId}::bigint, (select account_id from session
        where user_id = ${session.userId} order by last_seen_at desc limit 1)),
      ${session.address}, ${clock.sql}, ${clock.sql},
      ${clock.sql} + make_interval(days => ${ABSOLUTE_DAYS}))`.execute(db);
}

export async function deleteSession(db: Database, tokenHash: Buffer): Promise<void> {
  await sql`delete from session where token_hash = ${tokenHash}`.execute(db);
}

export async function deleteSessionsOf(db: Database, userId: string): Promise<void> {
  await sql`delete from session where user_id = ${userId}`.execute(db);
}

/** False when the person has no such account. */
export async function setSessionAccount({ db }: Now, tokenHash: Buffer, accountId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update session set account_id = ${accountId}
    from account_member join account on account.id = account_member.account_id and account.closed_at is null
    where session.token_hash = ${tokenHash} and account_member.user_id = session.user_id
      and account_member.account_id = ${accountId} and account_member.active`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

export interface Login {
  readonly userId: string;
  readonly passwordHash: string | null;
  /** Signed in from this address before. */
  readonly addressKnown: boolean;
}

export async function findLogin(db: Database, email: string, address: string): Promise<Login | undefined> {
  const { rows } = await sql<Login>`
    select id as "userId", password_hash as "passwordHash",
      exists (select from session where user_id = app_user.id and address = ${address}) as "addressKnown"
    from app_user where email = ${email}`.execute(db);
  return rows[0];
}

export async function setPasswordHash(db: Database, userId: string, hash: string): Promise<void> {
  await sql`update app_user set password_hash = ${hash} where id = ${userId}`.execute(db);
  await sql`delete from password_reset where user_id = ${userId}`.execute(db);
}

/** Counts an attempt in its window and answers how many there are now, and how long the window still lasts. */
export async function countAttempt(
  { db, clock }: Now,
  key: string,
  minutes: number,
): Promise<{ attempts: number; seconds: number }> {
  const { rows } = await sql<{ attempts: number; seconds: number }>`
    insert into login_throttle as throttle (key, attempts, window_ends_at)
    values (${key}, 1, ${clock.sql} + make_interval(mins => ${minutes}))
    on conflict (key) do update set
      attempts = case when throttle.window_ends_at <= ${clock.sql} then 1 else throttle.attempts + 1 end,
      window_ends_at = case when throttle.window_ends_at <= ${clock.sql} then excluded.window_ends_at
        else throttle.window_ends_at end
    returning attempts, ceil(extract(epoch from window_ends_at - ${clock.sql}))::int as seconds`.execute(db);
  return rows[0] ?? { attempts: 1, seconds: 0 };
}

export async function forgetAttempts(db: Database, keys: string[]): Promise<void> {
  await sql`delete from login_throttle where key = any(${keys}::text[])`.execute(db);
}

/** Takes back attempts that turned out to be right, so that a busy office does not lock itself out. */
export async function uncountAttempts(db: Database, keys: string[]): Promise<void> {
  await sql`update login_throttle set attempts = greatest(attempts - 1, 0)
    where key = any(${keys}::text[])`.execute(db);
}

export async function deleteExpired({ db, clock }: Now): Promise<void> {
  await sql`delete from session where expires_at <= ${clock.sql}
    or last_seen_at <= ${clock.sql} - make_interval(days => ${IDLE_DAYS})`.execute(db);
  await sql`delete from login_throttle where window_ends_at <= ${clock.sql}`.execute(db);
  await sql`delete from password_reset where expires_at <= ${clock.sql}`.execute(db);
  await sql`delete from setup_link where expires_at <= ${clock.sql}`.execute(db);
  await sql`delete from invitation where expires_at <= ${clock.sql}`.execute(db);
}

export interface MeRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly operator: boolean;
}

export async function findUser(db: Database, userId: string): Promise<MeRow | undefined> {
  const { rows } = await sql<MeRow>`
    select id, name, email, language, time_zone as "timeZone", operator
    from app_user where id = ${userId}`.execute(db);
  return rows[0];
}

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly language: Language;
  readonly role: string | null;
}

/** The accounts a person may open, by name. */
export async function listAccountsOf(db: Database, userId: string): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select account.id, account.name, account.time_zone as "timeZone", account.language,
      coalesce(role.key, role.name) as role
    from account_member
    join account on account.id = account_member.account_id and account.closed_at is null
    join role on role.account_id = account_member.account_id and role.id = account_member.role_id
    where account_member.user_id = ${userId} and account_member.active
    order by account.name collate "und-x-icu"`.execute(db);
  return rows;
}
