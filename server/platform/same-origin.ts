import type { FastifyRequest } from "fastify";
import { AppError } from "./errors.ts";

/**
 * Refuses a change that another site's page set off. Browsers say where a request comes from (`Sec-Fetch-Site`,
 * `Origin`); one that carries cookies must say so, one without (a program with a token) need not.
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, cookie } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined ? site === "same-origin" || site === "none" : isOwnOrigin(request, origin)) return;
  if (site === undefined && origin === undefined && cookie === undefined) return;
  throw new AppError("not_allowed", "http:foreign_origin");
}

function isOwnOrigin(request: FastifyRequest, origin: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === request.host;
}
