import type { FastifyRequest } from "fastify";
import { accountHeader } from "#contract/accounts.ts";
import type { Permission } from "#contract/permissions.ts";
import type { Clock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";
import { AppError } from "#server/platform/errors.ts";
import { languageOf } from "#server/platform/http-failures.ts";
import { isPermission, permissionsOf } from "./roles/role.ts";
import { hashSecret } from "./secret.ts";
import { findSession, touchSession } from "./sessions/queries.ts";
import { readSessionCookie } from "./sessions/session-cookie.ts";
import { findToken, touchToken } from "./tokens/queries.ts";
import { hasTokenForm } from "./tokens/token.ts";

export interface Installation {
  readonly db: Database;
  readonly clock: Clock;
}

/**
 * Who asks, in which account, with what their role allows at this moment. Without credentials: nobody, in no account.
 * An API token that is wrong or revoked is refused; an ended session is like none.
 * An account the person has no part in answers as if it did not exist.
 */
export async function authenticateRequest(
  installation: Installation,
  request: FastifyRequest,
): Promise<Context> {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return authenticateToken(installation, authorization, request);
  const secret = readSessionCookie(request);
  if (secret === undefined) return anonymous(installation, request);
  return authenticateSession(installation, secret, request);
}

async function authenticateSession(
  installation: Installation,
  secret: string,
  request: FastifyRequest,
): Promise<Context> {
  const wanted = wantedAccount(request);
  const session = await findSession(installation, hashSecret(secret), wanted);
  if (session === undefined) return anonymous(installation, request);
  if (wanted !== null && session.accountId === null) throw accountNotFound();
  if (session.stale) await touchSession(installation, session.id);
  const { userId: id, language, timeZone, operator } = session;
  const actor = {
    type: "user" as const,
    id,
    language,
    timeZone,
    operator,
    permissions: new Set(permissionsOf(session.roleKey, session.permissions)),
  };
  return { ...installation, actor, accountId: session.accountId ?? "" };
}

async function authenticateToken(
  installation: Installation,
  authorization: string,
  request: FastifyRequest,
): Promise<Context> {
  const secret = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? "";
  const token = hasTokenForm(secret) ? await findToken(installation.db, hashSecret(secret)) : undefined;
  if (token === undefined) throw new AppError("signed_out", "accounts:token_invalid");
  const wanted = wantedAccount(request);
  if (wanted !== null && wanted !== token.accountId) throw accountNotFound();
  await touchToken(installation, token);
  const { id, language, timeZone } = token;
  const granted = new Set(token.permissions.filter(isPermission));
  const actor = { type: "token" as const, id, language, timeZone, operator: false, permissions: granted };
  return { ...installation, actor, accountId: token.accountId };
}

function anonymous(installation: Installation, request: FastifyRequest): Context {
  const actor = {
    type: "anonymous" as const,
    id: null,
    permissions: new Set<Permission>(),
    language: languageOf(request),
    timeZone: "UTC",
    operator: false,
  };
  return { ...installation, actor, accountId: "" };
}

/** By header; a download, which is a plain link and has none, names it as `account` in its address. */
function wantedAccount({ headers, method, query }: FastifyRequest): string | null {
  const inAddress = method === "GET" ? (query as Record<string, unknown>)["account"] : undefined;
  const wanted = headers[accountHeader] ?? inAddress;
  if (wanted === undefined) return null;
  if (typeof wanted !== "string" || !/^[1-9]\d{0,17}$/.test(wanted)) throw accountNotFound();
  return wanted;
}

function accountNotFound(): AppError {
  return new AppError("not_found", "accounts:account_not_found");
}
