import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { constants } from "node:zlib";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from "fastify";
import { AppError } from "./errors.ts";
import { answerFailure } from "./http-failures.ts";
import type { Log } from "./log.ts";
import { httpDuration } from "./metrics.ts";
import { answerUnreadable } from "./unreadable-request.ts";

export interface ServerOptions {
  readonly log: Log;
  /** Proxies whose forwarded headers are believed: an address list, or nothing. */
  readonly trustProxy: string | undefined;
  /** Served over https, as the configured address says: browsers are then told to stay on it. */
  readonly isHttps: boolean;
}

const HEADERS_MS = 15_000;
const REQUEST_MS = 60_000;
const BODY_BYTES = 1024 * 1024;
const UPLOAD_BYTES = 4 * 1024 ** 3;

/** The server with everything a request meets before its route: limits, headers, refusals in one form. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = options.log;
  const app = fastify({
    loggerInstance,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    return503OnClosing: false,
    forceCloseConnections: "idle",
    requestTimeout: 0,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 5_000 },
    routerOptions: { maxParamLength: 500 },
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void answerFailure(error, request, reply),
  });
  app.setErrorHandler((error, request, reply) => answerFailure(error, request, reply));
  await addHeaders(app, options.isHttps);
  await app.register(cookie);
  await compressReplies(app);
  await app.register(rateLimit, {
    global: false,
    cache: 10_000,
    // One house has one /64: limits by single addresses would be no limits.
    ipv6Subnet: 64,
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
  });
  await acceptBodies(app);
  watch(app);
  return app;
}

function tooMany(ttlMs: number): AppError {
  return new AppError("too_many_requests", "http:too_many_requests", { seconds: Math.ceil(ttlMs / 1000) });
}

async function compressReplies(app: FastifyInstance): Promise<void> {
  // An event must leave at once, not when a block of compressed bytes is full.
  app.addHook("onSend", async (request, reply) => {
    if (String(reply.getHeader("content-type")).startsWith("text/event-stream")) {
      request.headers["x-no-compression"] = "1";
    }
  });
  await app.register(compress, {
    threshold: 1024,
    encodings: ["br", "gzip"],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}

async function addHeaders(app: FastifyInstance, isHttps: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
      },
    },
    referrerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: "deny" },
    strictTransportSecurity: isHttps,
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
}

/** JSON everywhere, an empty body being no body; files only where a route takes them. */
async function acceptBodies(app: FastifyInstance): Promise<void> {
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    // A route that takes a file has nothing to do with JSON: as with no body, it says that the file is missing.
    if (body.length === 0 || request.routeOptions.config.upload === true) done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  await app.register(multipart, {
    limits: { fileSize: UPLOAD_BYTES, files: 1, fields: 20, fieldSize: 64 * 1024 },
  });
  app.addContentTypeParser("*", (request, payload, done) => {
    if (request.routeOptions.config.upload === true) done(null, payload);
    else done(new AppError("unsupported", "http:body_type"));
  });
}

/** Times every request, and ends those whose body does not arrive in time. */
function watch(app: FastifyInstance): void {
  const deadlines = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.config?.upload === true || request.raw.complete) return;
    deadlines.set(request, setTimeout(() => cutOff(request), REQUEST_MS).unref());
  });
  app.addHook("onResponse", async (request, reply) => {
    clearTimeout(deadlines.get(request));
    const route = request.routeOptions?.url ?? "unknown";
    const seconds = reply.elapsedTime / 1000;
    httpDuration.observe({ method: request.method, route, status: reply.statusCode }, seconds);
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method: request.method, route, status: reply.statusCode, ms }, "request");
  });
}

function cutOff(request: FastifyRequest): void {
  const socket: Socket = request.raw.socket;
  if (!request.raw.complete) socket.destroy();
}
