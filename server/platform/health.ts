import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { registry } from "./metrics.ts";

export interface HealthOptions {
  /** Whether requests can be served: migrated, database reachable, not on the way out. */
  readonly isReady: () => Promise<boolean>;
  readonly metricsToken: string | undefined;
}

/** The addresses that machines watch: alive, ready, and numbers. */
export function serveHealth(app: FastifyInstance, { isReady, metricsToken }: HealthOptions): void {
  app.get("/healthz", async (_request, reply) =>
    reply.header("cache-control", "no-store").send({ status: "ok" }),
  );
  app.get("/readyz", async (_request, reply) => {
    const ready = await isReady().catch(() => false);
    reply.header("cache-control", "no-store");
    if (!ready) reply.code(503).header("retry-after", 5);
    return { status: ready ? "ready" : "not ready" };
  });
  app.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(request, metricsToken)) return reply.callNotFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** This machine itself, unless a proxy on it forwards somebody else; or who knows the token. */
function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined && isSame(request.headers.authorization ?? "", `Bearer ${token}`)) return true;
  const isForwarded =
    request.headers["x-forwarded-for"] !== undefined || request.headers["forwarded"] !== undefined;
  return !isForwarded && isLoopback(request.socket.remoteAddress ?? "");
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

const digest = (value: string) => createHash("sha256").update(value).digest();

/** In a time that tells nothing about how much of it was right. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}
