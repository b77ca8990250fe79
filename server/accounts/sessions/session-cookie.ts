import type { FastifyReply, FastifyRequest } from "fastify";
import { ABSOLUTE_DAYS } from "./queries.ts";

/** Over https the browser itself guarantees that the cookie is ours: set by this host, for this host, encrypted. */
const SECURE_NAME = "__Host-headroom";
const PLAIN_NAME = "headroom";

let secure = false;

/** Said once when the program starts: whether the configured address begins with https. */
export function useSecureCookies(isHttps: boolean): void {
  secure = isHttps;
}

/** The secret of the request's session, if it carries one. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName()];
}

export function setSessionCookie(reply: FastifyReply, secret: string): void {
  const maxAge = ABSOLUTE_DAYS * 24 * 60 * 60;
  reply.setCookie(cookieName(), secret, { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(cookieName(), { path: "/", httpOnly: true, sameSite: "lax", secure });
}

function cookieName(): string {
  return secure ? SECURE_NAME : PLAIN_NAME;
}
