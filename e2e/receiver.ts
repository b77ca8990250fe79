import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Receiver {
  readonly server: Server;
  readonly place: string;
  /** What it answers from now on. */
  status: number;
  /** Whom it has been told of, once for each call that it took. */
  readonly told: string[];
}

/** Somebody else's system, which is away until it is told to be back. */
export async function receive(): Promise<Receiver> {
  const server = createServer((request, response) => {
    if (own.status === 200) own.told.push(String(request.headers["idempotency-key"]));
    // The soonest that is granted is 15 seconds.
    request.resume().on("end", () => response.writeHead(own.status, { "retry-after": "1" }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = {
    server,
    place: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    status: 503,
    told: [] as string[],
  };
  return own;
}
