import type { FastifyInstance } from "fastify";
import { authenticateRequest } from "./accounts/authenticate-request.ts";
import { routes as accounts } from "./accounts/routes.ts";
import { useSecureCookies } from "./accounts/sessions/session-cookie.ts";
import { routes as billing } from "./billing/routes.ts";
import { routes as contactsIndex } from "./contacts/index/routes.ts";
import { routes as contacts } from "./contacts/routes.ts";
import { routes as imports } from "./imports/routes.ts";
import { routes as lists } from "./lists/routes.ts";
import { routes as calendar } from "./marketing-contacts/calendar/routes.ts";
import { routes as cleanupPlans } from "./marketing-contacts/plans/routes.ts";
import { routes as marketingContacts } from "./marketing-contacts/routes.ts";
import { routes as statement } from "./marketing-contacts/statement/routes.ts";
import { routes as usage } from "./marketing-contacts/usage/routes.ts";
import { routes as cleanup } from "./marketing-contacts/wizard/routes.ts";
import { routes as marketingStatus } from "./marketing-status/routes.ts";
import { registerKinds } from "./operation-kinds.ts";
import { routes as operations } from "./operations/routes.ts";
import type { Clock } from "./platform/clock.ts";
import { createServer, type ServerOptions } from "./platform/create-server.ts";
import type { Database } from "./platform/database.ts";
import { type HealthOptions, serveHealth } from "./platform/health.ts";
import { type ApiDescription, describeApi } from "./platform/openapi.ts";
import { programVersion } from "./platform/root.ts";
import type { Route } from "./platform/route.ts";
import { serveRoutes } from "./platform/serve-routes.ts";
import { serveWeb } from "./platform/serve-web.ts";
import { routes as properties } from "./properties/routes.ts";
import { routes as workflows } from "./workflows/routes.ts";

/** What can be asked over HTTP, feature by feature in the order of rooms.json. */
export const routes: readonly Route[] = [
  ...accounts,
  ...operations,
  ...billing,
  ...properties,
  ...marketingStatus,
  ...contactsIndex,
  ...contacts,
  ...lists,
  ...marketingContacts,
  ...usage,
  ...statement,
  ...calendar,
  ...cleanup,
  ...cleanupPlans,
  ...imports,
  ...workflows,
  { method: "GET", path: "/api/openapi.json", access: "public", answer: async () => describeThisApi() },
];

let description: ApiDescription | undefined;

/** What all of the above ask and answer, as OpenAPI. */
export function describeThisApi(): ApiDescription {
  description ??= describeApi(routes, programVersion());
  return description;
}

export interface HttpOptions extends ServerOptions, HealthOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** The built screens. */
  readonly webFolder: string;
}

/** The web front: every feature's routes, the screens, and what machines watch. It does not listen yet. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  registerKinds();
  useSecureCookies(options.isHttps);
  const app = await createServer(options);
  const { db, clock } = options;
  serveHealth(app, options);
  serveRoutes(app, routes, (request) => authenticateRequest({ db, clock }, request));
  await serveWeb(app, options.webFolder);
  return app;
}
