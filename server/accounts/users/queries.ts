import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Permission } from "#contract/permissions.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";

/** A moment as the wire has it, from SQL: ISO in UTC. */
const iso = (column: string) => sql`to_json(${sql.ref(column)} at time zone 'utc') #>> '{}' || 'Z'`;

export interface ProfileChange {
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
  readonly timeZone?: string | undefined;
}

export async function updateUserRow(db: Database, userId: string, change: ProfileChange): Promise<void> {
  await sql`update app_user set name = coalesce(${change.name ?? null}, name),
    language = coalesce(${change.language ?? null}, language),
    time_zone = coalesce(${change.timeZone ?? null}, time_zone) where id = ${userId}`.execute(db);
}

export interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roleId: string;
  readonly active: boolean;
  readonly lastSeenAt: string | null;
}

export async function listMemberRows({ db, accountId }: Context): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select app_user.id, app_user.name, app_user.email, member.role_id as "roleId", member.active,
      (select ${iso("last_seen_at")} from session
        where session.user_id = app_user.id order by last_seen_at desc limit 1) as "lastSeenAt"
    from account_member member join app_user on app_user.id = member.user_id
    where member.account_id = ${accountId}
    order by member.active desc, app_user.name collate "und-x-icu", app_user.id`.execute(db);
  return rows;
}

/** Changes of members wait for each other, so that two admins cannot remove one another at once. */
export async function lockMembers({ db, accountId }: Context): Promise<void> {
  await sql`select from account where id = ${accountId} for update`.execute(db);
}

interface MemberChange {
  readonly userId: string;
  readonly roleId?: string | undefined;
  readonly active?: boolean | undefined;
}

/** False when there is no such member. */
export async function updateMember({ db, accountId }: Context, change: MemberChange): Promise<boolean> {
  const { numAffectedRows } = await sql`update account_member set
    role_id = coalesce(${change.roleId ?? null}, role_id), active = coalesce(${change.active ?? null}, active)
    where account_id = ${accountId} and user_id = ${change.userId}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function insertInvitation(
  { db, clock, actor, accountId }: Context,
  invitation: { email: string; roleId: string; tokenHash: Buffer; days: number; mailed: boolean },
): Promise<{ id: string; expiresAt: string }> {
  const invitedBy = actor.type === "user" ? actor.id : null;
  const { rows } = await sql<{ id: string; expiresAt: string }>`
    insert into invitation (account_id, email, role_id, token_hash, invited_by, created_at, expires_at, mail)
    values (${accountId}, ${invitation.email}, ${invitation.roleId}, ${invitation.tokenHash}, ${invitedBy},
      ${clock.sql}, ${clock.sql} + make_interval(days => ${invitation.days}), ${invitation.mailed ? "queued" : "none"})
    on conflict (account_id, email) do update set role_id = excluded.role_id, token_hash = excluded.token_hash,
      invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at, mail = excluded.mail
    returning id, ${iso("expires_at")} as "expiresAt"`.execute(db);
  return rows[0] as { id: string; expiresAt: string };
}

export async function isMember({ db, accountId }: Context, email: string): Promise<boolean> {
  const { rows } = await sql`select from account_member member join app_user on app_user.id = member.user_id
    where member.account_id = ${accountId} and app_user.email = ${email} and member.active`.execute(db);
  return rows.length > 0;
}

export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly roleId: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Whether its link went out by mail; none: somebody hands it over. */
  readonly mail: "none" | "queued" | "sent" | "failed";
}

export async function listInvitationRows({ db, clock, accountId }: Context): Promise<InvitationRow[]> {
  const { rows } = await sql<InvitationRow>`
    select id, email, role_id as "roleId", ${iso("created_at")} as "createdAt", ${iso("expires_at")} as "expiresAt", mail
    from invitation where account_id = ${accountId} and expires_at > ${clock.sql}
    order by id desc`.execute(db);
  return rows;
}

export async function deleteInvitation({ db, accountId }: Context, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from invitation
    where account_id = ${accountId} and id = ${id}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

export interface OpenInvitation {
  readonly accountId: string;
  readonly id: string;
  readonly email: string;
  readonly roleId: string;
  readonly accountName: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly hasLogin: boolean;
}

/** The invitation behind a link's secret while it is valid, whatever the account. */
export async function findInvitation(
  { db, clock }: Context,
  tokenHash: Buffer,
): Promise<OpenInvitation | undefined> {
  const { rows } = await sql<OpenInvitation>`
    select invitation.account_id as "accountId", invitation.id, invitation.email, invitation.role_id as "roleId",
      account.name as "accountName", account.language, account.time_zone as "timeZone",
      exists (select from app_user where app_user.email = invitation.email and password_hash is not null) as "hasLogin"
    from invitation join account on account.id = invitation.account_id and account.closed_at is null
    where invitation.token_hash = ${tokenHash} and invitation.expires_at > ${clock.sql}`.execute(db);
  return rows[0];
}

export async function setInvitationMail(
  { db, accountId }: Context,
  tokenHash: Buffer,
  mail: "sent" | "failed" | "none",
): Promise<void> {
  await sql`update invitation set mail = ${mail}
    where account_id = ${accountId} and token_hash = ${tokenHash}`.execute(db);
}

export async function insertPasswordReset(
  { db, clock }: Context,
  reset: { userId: string; tokenHash: Buffer; minutes: number },
): Promise<void> {
  await sql`delete from password_reset where user_id = ${reset.userId}`.execute(db);
  await sql`insert into password_reset (token_hash, user_id, created_at, expires_at)
    values (${reset.tokenHash}, ${reset.userId}, ${clock.sql},
      ${clock.sql} + make_interval(mins => ${reset.minutes}))`.execute(db);
}

interface FoundReset {
  readonly userId: string;
  readonly email: string;
  readonly language: Language;
}

export async function findPasswordReset(
  { db, clock }: Context,
  tokenHash: Buffer,
): Promise<FoundReset | undefined> {
  const { rows } = await sql<FoundReset>`
    select app_user.id as "userId", app_user.email, app_user.language from password_reset
    join app_user on app_user.id = password_reset.user_id
    where token_hash = ${tokenHash} and expires_at > ${clock.sql}`.execute(db);
  return rows[0];
}

export interface Request {
  readonly kind: "permission" | "feature";
  readonly name: string;
  readonly note: string;
}

/** False when the person has asked this already and waits for an answer. */
export async function insertRequest(
  { db, clock, actor, accountId }: Context,
  request: Request,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into account_request (account_id, kind, name, user_id, note, created_at)
    values (${accountId}, ${request.kind}, ${request.name}, ${actor.id}, ${request.note}, ${clock.sql})
    on conflict (account_id, user_id, kind, name) where answered_at is null do nothing`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function hasAsked({ db, actor, accountId }: Context, permission: Permission): Promise<boolean> {
  if (actor.type !== "user") return false;
  const { rows } = await sql`select from account_request where account_id = ${accountId}
    and user_id = ${actor.id} and kind = 'permission' and name = ${permission}
    and answered_at is null`.execute(db);
  return rows.length > 0;
}

export interface RequestRow extends Request {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly createdAt: string;
}

export async function listRequestRows({ db, accountId }: Context): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`
    select request.id, request.kind, request.name, request.note, request.user_id as "userId",
      app_user.name as "userName", ${iso("request.created_at")} as "createdAt"
    from account_request request join app_user on app_user.id = request.user_id
    where request.account_id = ${accountId} and answered_at is null order by request.id`.execute(db);
  return rows;
}

/** The request that was open until now, or nothing. */
export async function answerRequestRow(
  { db, clock, actor, accountId }: Context,
  { id, answer }: { id: string; answer: "granted" | "declined" },
): Promise<Pick<RequestRow, "kind" | "name" | "userId"> | undefined> {
  const answeredBy = actor.type === "user" ? actor.id : null;
  const { rows } = await sql<Pick<RequestRow, "kind" | "name" | "userId">>`
    update account_request set answered_at = ${clock.sql}, answered_by = ${answeredBy}, answer = ${answer}
    where account_id = ${accountId} and id = ${id} and answered_at is null
    returning kind, name, user_id as "userId"`.execute(db);
  return rows[0];
}
