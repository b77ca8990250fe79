import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { createHttp } from "#server/http.ts";
import { type Clock, databaseClock } from "#server/platform/clock.ts";
import type { Database } from "#server/platform/database.ts";

interface TestRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  readonly cookie?: string | undefined;
  readonly headers?: Record<string, string>;
  /** Where it seems to come from. */
  readonly address?: string;
}

interface TestReply {
  readonly status: number;
  readonly body: unknown;
  /** The session the answer set, as the next request sends it. */
  readonly cookie: string | undefined;
  readonly headers: Record<string, unknown>;
}

export interface TestApp {
  readonly app: FastifyInstance;
  /** Asks in process, as one of our own pages does. */
  readonly ask: (request: TestRequest) => Promise<TestReply>;
}

/** The whole web front on a test's database, without a socket. */
export async function createTestApp(db: Database, clock: Clock = databaseClock): Promise<TestApp> {
  const app = await createHttp({
    db,
    clock,
    log: pino({ level: "silent" }),
    isHttps: false,
    trustProxy: undefined,
    metricsToken: undefined,
    webFolder: "/nowhere",
    isReady: () => Promise.resolve(true),
  });
  return { app, ask: (request) => ask(app, request) };
}

async function ask(app: FastifyInstance, request: TestRequest): Promise<TestReply> {
  const { method, url, body, cookie, headers = {}, address = "192.0.2.1" } = request;
  const reply = await app.inject({
    method: method as "GET",
    url,
    remoteAddress: address,
    headers: { ...(cookie === undefined ? {} : { cookie, "sec-fetch-site": "same-origin" }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const [set] = reply.cookies;
  const isJson = String(reply.headers["content-type"]).startsWith("application/json");
  return {
    status: reply.statusCode,
    body: isJson ? reply.json() : reply.body,
    cookie: set === undefined ? undefined : `${set.name}=${set.value}`,
    headers: reply.headers,
  };
}
