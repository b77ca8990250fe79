import { sql } from "kysely";
import type { Language } from "#contract/languages.ts";
import type { Permission } from "#contract/permissions.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";

interface FoundToken {
  readonly id: string;
  readonly accountId: string;
  readonly permissions: string[];
  readonly language: Language;
  readonly timeZone: string;
}

/** The living token of a secret, with its account's language and time zone. */
export async function findToken(db: Database, tokenHash: Buffer): Promise<FoundToken | undefined> {
  const { rows } = await sql<FoundToken>`
    select api_token.id, api_token.account_id as "accountId", api_token.permissions,
      account.language, account.time_zone as "timeZone"
    from api_token join account on account.id = api_token.account_id and account.closed_at is null
    where api_token.token_hash = ${tokenHash} and api_token.revoked_at is null`.execute(db);
  return rows[0];
}

/** Hourly at most: a busy integration must not write a row per request. */
export async function touchToken(
  { db, clock }: Pick<Context, "db" | "clock">,
  token: { id: string; accountId: string },
): Promise<void> {
  await sql`update api_token set last_used_at = ${clock.sql}
    where account_id = ${token.accountId} and id = ${token.id}
      and (last_used_at is null or last_used_at < ${clock.sql} - interval '1 hour')`.execute(db);
}

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: Permission[];
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

export async function listTokenRows({ db, accountId }: Context): Promise<TokenRow[]> {
  const { rows } = await sql<TokenRow>`
    select api_token.id, api_token.name, prefix, permissions, app_user.name as "createdBy",
      to_json(api_token.created_at at time zone 'utc') #>> '{}' || 'Z' as "createdAt",
      to_json(last_used_at at time zone 'utc') #>> '{}' || 'Z' as "lastUsedAt"
    from api_token left join app_user on app_user.id = api_token.created_by
    where account_id = ${accountId} and revoked_at is null
    order by api_token.id desc`.execute(db);
  return rows;
}

interface NewTokenRow {
  readonly name: string;
  readonly prefix: string;
  readonly tokenHash: Buffer;
  readonly permissions: readonly Permission[];
}

export async function insertToken(
  { db, clock, actor, accountId }: Context,
  token: NewTokenRow,
): Promise<string> {
  const createdBy = actor.type === "user" ? actor.id : null;
  const { rows } = await sql<{ id: string }>`
    insert into api_token (account_id, name, prefix, token_hash, permissions, created_by, created_at)
    values (${accountId}, ${token.name}, ${token.prefix}, ${token.tokenHash}, ${[...token.permissions]}::text[],
      ${createdBy}, ${clock.sql})
    returning id`.execute(db);
  return String(rows[0]?.id);
}

export async function revokeTokenRow({ db, clock, accountId }: Context, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update api_token set revoked_at = ${clock.sql}
    where account_id = ${accountId} and id = ${id} and revoked_at is null`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}
