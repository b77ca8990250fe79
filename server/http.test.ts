import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "#test/app.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { createHttp, routes } from "./http.ts";
import { databaseClock } from "./platform/clock.ts";

let fresh: FreshDatabase;
let front: TestApp;
let site: FastifyInstance;
let ready = true;
let nobodyMay: string;
const webFolder = mkdtempSync(join(tmpdir(), "headroom-web-"));

beforeAll(async () => {
  fresh = await freshDatabase();
  front = await createTestApp(fresh.db);
  const { accountId } = await buildOwner(fresh.db);
  nobodyMay = (await buildMember(fresh.db, accountId, [])).cookie;
  mkdirSync(join(webFolder, "assets"));
  writeFileSync(join(webFolder, "index.html"), "<!doctype html><title>Headroom</title>");
  writeFileSync(join(webFolder, "assets/main-abc123.js"), `console.log("${"x".repeat(5_000)}")`);
  writeFileSync(join(webFolder, "icon.svg"), "<svg/>");
  site = await createHttp({
    db: fresh.db,
    clock: databaseClock,
    log: pino({ level: "silent" }),
    isHttps: false,
    trustProxy: undefined,
    metricsToken: "a metrics token",
    webFolder,
    isReady: async () => ready,
  });
});
afterAll(async () => {
  await Promise.all([site.close(), front.app.close()]);
  await fresh.close();
  rmSync(webFolder, { recursive: true, force: true });
});

const addressOf = (path: string) => path.replace(/:\w+/g, "1");

const changing = routes.filter(({ method }) => method !== "GET");
test.for(changing.map((route) => [route.method, route.path] as const))(
  "%s %s is closed to a foreign page",
  async ([method, path]) => {
    const headers = { origin: "https://evil.test", "sec-fetch-site": "cross-site" };
    const { status } = await front.ask({ method, url: addressOf(path), cookie: nobodyMay, headers });
    expect(status).toBe(403);
  },
);

const odd = ["", "[]", "null", '{"id":{}}', "\u0000", '{"a":"\\ud800"}', `"${"9".repeat(400)}"`];
test.for(routes.map((route) => [route.method, route.path] as const))(
  "%s %s answers odd input with a refusal at most",
  async ([method, path]) => {
    for (const payload of odd) {
      const reply = await front.app.inject({
        method,
        url: `${path.replace(/:\w+/g, "99999999999999999999")}?limit=-1&after=%00`,
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        ...(method === "GET" ? {} : { payload }),
      });
      expect(reply.statusCode).toBeLessThan(500);
    }
  },
);

test.for([
  ["/", "text/html", 200, "no-cache"],
  ["/contacts?filter=x", "text/html,*/*", 200, "no-cache"],
  ["/contacts/1/deep/link", "text/html", 200, "no-cache"],
  ["/assets/main-abc123.js", "*/*", 200, "public, max-age=31536000, immutable"],
  ["/icon.svg", "image/*", 200, "no-cache"],
  ["/assets/old-000000.js", "*/*", 404, "no-store"],
  ["/assets/old-000000.js", "text/html", 404, "no-store"],
  ["/contacts", "application/json", 404, "no-store"],
  ["/api/nothing", "text/html", 404, "no-store"],
  ["/../../package.json", "*/*", 404, "no-store"],
  ["/%2e%2e/%2e%2e/package.json", "*/*", 404, "no-store"],
  ["/%00", "text/html", 404, "no-store"],
  ["/%zz", "text/html", 400, "no-store"],
] as const)("the page at %s for %s answers %i", async ([url, accept, status, caching]) => {
  const reply = await site.inject({ url, headers: { accept } });
  expect([reply.statusCode, reply.headers["cache-control"]]).toEqual([status, caching]);
});

test("an endless address is refused", async () => {
  const reply = await site.inject({ url: `/${"long/".repeat(3_000)}`, headers: { accept: "text/html" } });
  expect(reply.statusCode).toBe(404);
});

test("scripts travel compressed", async () => {
  const url = "/assets/main-abc123.js";
  const reply = await site.inject({ url, headers: { "accept-encoding": "gzip, br" } });
  expect(reply.headers["content-encoding"]).toBe("br");
  expect(reply.rawPayload.length).toBeLessThan(1_000);
});

test("readiness is told apart from being alive", async () => {
  ready = false;
  expect((await site.inject({ url: "/readyz" })).statusCode).toBe(503);
  expect((await site.inject({ url: "/healthz" })).statusCode).toBe(200);
  ready = true;
  expect((await site.inject({ url: "/readyz" })).statusCode).toBe(200);
});

test.for([
  ["127.0.0.1", {}, 200],
  ["127.0.0.1", { "x-forwarded-for": "192.0.2.7" }, 404],
  ["192.0.2.7", {}, 404],
  ["192.0.2.7", { authorization: "Bearer a wrong token" }, 404],
  ["192.0.2.7", { authorization: "Bearer a metrics token" }, 200],
] as const)("numbers for %s with %j answer %i", async ([remoteAddress, headers, status]) => {
  const reply = await site.inject({ url: "/metrics", remoteAddress, headers });
  expect(reply.statusCode).toBe(status);
  expect(reply.body.includes("headroom_http_request_duration_seconds")).toBe(status === 200);
});
