import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { AppError } from "./errors.ts";

const REASONS: Record<string, string> = {
  EADDRINUSE: "command-line:port_taken",
  EACCES: "command-line:port_forbidden",
  EADDRNOTAVAIL: "command-line:host_unknown",
  ENOTFOUND: "command-line:host_unknown",
};

/** Opens the port, or refuses with a sentence why not. Returns the port, which the system chose for 0. */
export async function listen(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const reason = REASONS[String((error as NodeJS.ErrnoException).code)];
    if (reason === undefined) throw error;
    throw new AppError("conflict", reason, { host, port });
  }
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Takes no new connection and returns when the requests under way are answered, or after that time without them. */
export async function drain(app: FastifyInstance, withinMs: number): Promise<void> {
  const closed = app.close();
  const late = sleep(withinMs, undefined, { ref: false }).then(() => app.server.closeAllConnections());
  await Promise.race([closed, late]);
  await closed;
}
