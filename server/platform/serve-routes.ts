import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "./context.ts";
import { requirePermission } from "./context.ts";
import { AppError } from "./errors.ts";
import { refuseUnstorable } from "./parse-input.ts";
import type { Access, Route } from "./route.ts";
import { refuseForeignOrigin } from "./same-origin.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks and where; null until the request was authenticated. */
    headroom: Context | null;
  }
  interface FastifyContextConfig {
    /** Its body is read as a stream by the route itself. */
    readonly upload?: boolean;
  }
}

const PUBLIC_CHANGES = { max: 100, timeWindow: "10 seconds" };

/**
 * Opens the routes. Before the body is read: who asks, may they, and does a change come from our own pages.
 * After it: nothing that the database cannot store.
 */
export function serveRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  contextFor: (request: FastifyRequest) => Promise<Context>,
): void {
  app.decorateRequest("headroom", null);
  for (const route of routes) {
    const isPublicChange = route.access === "public" && route.method !== "GET";
    app.route({
      method: route.method,
      url: route.path,
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      config: { upload: route.upload === true, rateLimit: isPublicChange ? PUBLIC_CHANGES : false },
      onRequest: (request) => admit(route, request, contextFor),
      preHandler: async (request) => refuseUnstorableInput(route, request),
      handler: (request, reply) => answer(route, request, reply),
    });
  }
}

async function admit(
  route: Route,
  request: FastifyRequest,
  contextFor: (request: FastifyRequest) => Promise<Context>,
): Promise<void> {
  if (route.method !== "GET") refuseForeignOrigin(request);
  refuseWrongType(route, request);
  const context = await contextFor(request);
  request.headroom = context;
  requireAccess(context, route.access);
}

/** Refuses with 401 while nobody is signed in, with 403 when the actor lacks what the route needs. */
function requireAccess(context: Context, access: Access): void {
  if (access === "public") return;
  if (context.actor.type === "anonymous") throw new AppError("signed_out", "http:signed_out");
  if (access === "signed-in") return;
  if (access === "operator") {
    if (!context.actor.operator) throw new AppError("not_allowed", "http:operator_only");
    return;
  }
  requirePermission(context, access);
}

function refuseWrongType(route: Route, request: FastifyRequest): void {
  const type = request.headers["content-type"];
  if (type === undefined || route.upload === true) return;
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new AppError("unsupported", "http:body_type");
}

function refuseUnstorableInput(route: Route, request: FastifyRequest): void {
  refuseUnstorable({ ...(request.query as object), ...(request.params as object) });
  if (route.upload !== true) refuseUnstorable(request.body);
}

async function answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const context = request.headroom;
  if (context === null) throw new Error("A route was answered before it was admitted.");
  const result = await route.answer(context, request, reply);
  return reply.sent ? reply : result;
}
