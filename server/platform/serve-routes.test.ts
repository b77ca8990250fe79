import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { languages } from "#contract/languages.ts";
import type { Permission } from "#contract/permissions.ts";
import { databaseClock } from "./clock.ts";
import type { Context } from "./context.ts";
import { createServer } from "./create-server.ts";
import type { Database } from "./database.ts";
import { AppError } from "./errors.ts";
import { rawRoute, route } from "./route.ts";
import { serveRoutes } from "./serve-routes.ts";
import { serveWeb } from "./serve-web.ts";

const echo = {
  method: "POST",
  path: "/api/echo/:id",
  input: z.object({
    id: z.string().regex(/^\d+$/),
    name: z.string().min(2).max(5),
    kind: z.enum(["a", "b"]).optional(),
    count: z.number().optional(),
    code: z
      .string()
      .refine((code) => code !== "bad", "http:bad_request")
      .optional(),
  }),
  reply: z.object({ name: z.string() }),
} as const;
const read = { method: "GET", path: "/api/read", input: z.object({}), reply: z.object({}) } as const;
const failInput = z.object({ how: z.string(), mail: z.string().optional() });
const fail = { ...echo, method: "PUT", path: "/api/fail", input: failInput } as const;

const failures: Record<string, unknown> = {
  bug: new Error("secret detail about ada@example.test"),
  thrown: "just text",
  gone: Object.assign(new Error("terminating connection"), { code: "57P01" }),
  refused: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
  full: Object.assign(new Error("could not extend file"), { code: "53100" }),
  taken: new AppError("conflict", "http:bad_request", { field: "name" }),
  throttled: new AppError("too_many_requests", "http:too_many_requests", { seconds: 7.2 }),
};

const routes = [
  route(echo, "public", async (_context, { name }) => ({ name })),
  route(read, "signed-in", async () => ({})),
  route({ ...read, path: "/api/operator" }, "operator", async () => ({})),
  route({ ...read, path: "/api/billing" }, "billing.view", async () => ({})),
  route(fail, "public", async (_context, { how }) => Promise.reject(failures[how])),
  rawRoute({
    method: "POST",
    path: "/api/upload",
    access: "public",
    upload: true,
    answer: async (_context, request) => {
      let bytes = 0;
      const file = request.isMultipart() ? (await request.file())?.file : (request.body as Readable);
      for await (const chunk of file ?? []) bytes += (chunk as Buffer).length;
      return { bytes };
    },
  }),
];

const stream = rawRoute({
  method: "GET",
  path: "/api/events",
  access: "public",
  answer: async (_context, _request, reply) =>
    reply.type("text/event-stream").send("data: 1\n\n".repeat(500)),
});

let app: FastifyInstance;
const lines: string[] = [];

beforeAll(async () => {
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  app = await createServer({ log, isHttps: false, trustProxy: undefined });
  await serveWeb(app, "/nowhere");
  serveRoutes(app, [...routes, stream], async ({ headers }) =>
    contextFrom(headers["x-who"], headers["x-may"], headers["x-speaks"]),
  );
});
afterAll(() => app.close());

/** The routes here touch no database. */
function contextFrom(who: unknown, may: unknown, speaks: unknown): Context {
  const type = who === undefined ? "anonymous" : "user";
  const allowed = new Set(typeof may === "string" ? (may.split(",") as Permission[]) : []);
  const language = languages.find((each) => each === speaks) ?? "en";
  const actor = { type, id: null, permissions: allowed, language, timeZone: "UTC" } as const;
  return {
    db: undefined as unknown as Database,
    clock: databaseClock,
    accountId: "1",
    actor: { ...actor, operator: who === "op" },
  };
}

const json = { "content-type": "application/json" };
const post = (payload: string, headers: Record<string, string> = json, url = "/api/echo/1") =>
  app.inject({ method: "POST", url, headers, payload });

test("parameters, query and body arrive as one checked input", async () => {
  const reply = await post('{"name":"Ada","id":"nine"}');
  expect([reply.statusCode, reply.json()]).toEqual([200, { name: "Ada" }]);
  expect(reply.headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
});

const deep = `{"name":${"[".repeat(500)}${"]".repeat(500)}}`;

test.for([
  ["{}", 400, "http:field_missing", "name"],
  ['{"name":7}', 400, "http:field_wrong_type", "name"],
  ['{"name":"A"}', 400, "http:field_too_small", "name"],
  ['{"name":"Augusta"}', 400, "http:field_too_big", "name"],
  ['{"name":"Ada","kind":"c"}', 400, "http:field_not_a_choice", "kind"],
  ['{"name":"Ada","code":"bad"}', 400, "http:bad_request", "code"],
  ['{"name":"A\\u0000a"}', 400, "http:unstorable_text", "name"],
  ['{"name":"A\\ud800a"}', 400, "http:unstorable_text", "name"],
  ['{"name":"Ada","x":{"y":["\\u0000"]}}', 400, "http:unstorable_text", "x.y.0"],
  [deep, 400, "http:too_deep", undefined],
  ['{"name"', 400, "http:bad_json", undefined],
  ["[1]", 400, "http:body_no_object", undefined],
  ['"name"', 400, "http:body_no_object", undefined],
  ['{"nmae":"Ada"}', 400, "http:field_misspelt", "nmae"],
  ['{"name":"Ada","colour":"red"}', 400, "http:field_unknown", "colour"],
  ["null", 400, "http:field_missing", "name"],
  ['{"__proto__":{"name":"Ada"}}', 400, "http:bad_json", undefined],
  [`{"name":"${"a".repeat(1_100_000)}"}`, 413, "http:body_too_large", undefined],
] as const)("%s is refused", async ([payload, status, reason, field]) => {
  const reply = await post(payload);
  const { error } = reply.json<{
    error: { reason: string; message: string; details: Record<string, unknown> };
  }>();
  expect([reply.statusCode, error.reason]).toEqual([status, reason]);
  expect(error.message).not.toContain("{{");
  const issues = error.details["issues"] as { path: string; message: string }[] | undefined;
  expect(issues?.[0]?.path).toBe(field);
});

test.for([
  ["/api/echo/1%00", 400],
  ["/api/echo/%ED%A0%80", 400],
  ["/api/echo/%zz", 400],
  ["/api/echo/x", 400],
  ["/api/nothing", 404],
] as const)("the address %s is refused", async ([url, status]) => {
  const reply = await post('{"name":"Ada"}', json, url);
  expect(reply.statusCode).toBe(status);
  expect(reply.json()).toHaveProperty("error.reason");
});

test.for([
  ["en", "There is no field cuont here. Did you mean count?"],
  ["sv", "Det finns inget fält cuont här. Menade du count?"],
  ["pl", "Nie ma tu pola cuont. Czy chodzi o count?"],
] as const)("who reads %s is told which field was meant", async ([language, message]) => {
  const reply = await post('{"name":"Ada","cuont":1}', { ...json, "x-speaks": language });
  expect(reply.json()).toHaveProperty("error.message", message);
});

const readBy = (query: string) =>
  app.inject({ method: "GET", url: `/api/read?${query}`, headers: { "x-who": "ada" } });

test("a field in the address that nobody reads is refused; the account that a download names is read before", async () => {
  expect((await readBy("account=7")).statusCode).toBe(200);
  const reply = await readBy("acount=7");
  expect([reply.statusCode, reply.json()]).toMatchObject([
    400,
    { error: { reason: "http:field_unexpected", message: "There is no field acount here. Leave it out." } },
  ]);
});

test.for(["1".repeat(20_000), "%ED%A0%80"])(
  "an address that cannot be read is told how to write it",
  async (id) => {
    const reply = await post('{"name":"Ada"}', json, `/api/echo/${id}`);
    expect([reply.statusCode, reply.json()]).toMatchObject([400, { error: { reason: "http:bad_address" } }]);
  },
);

test.for([
  ["text/plain", 415],
  ["application/x-www-form-urlencoded", 415],
  ["multipart/form-data; boundary=x", 415],
  ["application/json-evil", 415],
  ["application/json; charset=utf-8", 200],
] as const)("the content type %s answers %i", async ([type, status]) => {
  const reply = await post('{"name":"Ada"}', { "content-type": type });
  expect(reply.statusCode).toBe(status);
});

const foreign = "https://evil.test";
test.for([
  [{}, 200],
  [{ cookie: "a=b" }, 403],
  [{ cookie: "a=b", "sec-fetch-site": "same-origin" }, 200],
  [{ cookie: "a=b", "sec-fetch-site": "same-site" }, 403],
  [{ cookie: "a=b", "sec-fetch-site": "cross-site", origin: "http://headroom.test" }, 403],
  [{ cookie: "a=b", origin: "http://headroom.test", host: "headroom.test" }, 200],
  [{ cookie: "a=b", origin: foreign, host: "headroom.test" }, 403],
  [{ origin: foreign }, 403],
  [{ cookie: "a=b", origin: "null" }, 403],
] as const)("a change with %j answers %i", async ([headers, status]) => {
  const reply = await post('{"name":"Ada"}', { ...json, ...headers });
  expect(reply.statusCode).toBe(status);
});

test.for([
  ["/api/read", {}, 401],
  ["/api/read", { "x-who": "ada" }, 200],
  ["/api/read", { "x-who": "ada", cookie: "a=b", origin: foreign }, 200],
  ["/api/operator", { "x-who": "ada" }, 403],
  ["/api/operator", { "x-who": "op" }, 200],
  ["/api/billing", {}, 401],
  ["/api/billing", { "x-who": "ada", "x-may": "contacts.view" }, 403],
  ["/api/billing", { "x-who": "ada", "x-may": "billing.view" }, 200],
] as const)("%s with %j answers %i", async ([url, headers, status]) => {
  const reply = await app.inject({ method: "GET", url, headers });
  expect(reply.statusCode).toBe(status);
});

test.for([
  ["bug", 500, "http:internal", undefined],
  ["thrown", 500, "http:internal", undefined],
  ["gone", 503, "http:unavailable", "5"],
  ["refused", 503, "http:unavailable", "5"],
  ["full", 507, "http:storage_full", undefined],
  ["taken", 409, "http:bad_request", undefined],
  ["throttled", 429, "http:too_many_requests", "8"],
] as const)("the failure %s answers %i", async ([how, status, reason, retryAfter]) => {
  const reply = await app.inject({ method: "PUT", url: "/api/fail", payload: { how } });
  expect([reply.statusCode, reply.json<{ error: { reason: string } }>().error.reason]).toEqual([
    status,
    reason,
  ]);
  expect(reply.headers["retry-after"]).toBe(retryAfter);
  expect(reply.body).not.toMatch(/secret|ada@|at .*\.ts/);
});

test("a bug is logged under its request's id, without the person's address", async () => {
  const reply = await app.inject({
    method: "PUT",
    url: "/api/fail?mail=eve@example.test",
    payload: { how: "bug" },
  });
  const id = reply.json<{ error: { details: { requestId: string } } }>().error.details.requestId;
  expect(lines.filter((line) => line.includes(id) && line.includes("request failed"))).toHaveLength(1);
  expect(lines.join("")).not.toMatch(/eve@|\?mail/);
});

test.for([
  ["sv", "Det finns inget på den här adressen."],
  ["pl-PL;q=0.9,en", "Pod tym adresem nic nie ma."],
  ["de, fr", "There is nothing at this address."],
] as const)("who reads %s is told so before anybody is known", async ([language, message]) => {
  const reply = await app.inject({ url: "/api/nothing", headers: { "accept-language": language } });
  expect(reply.json()).toHaveProperty("error.message", message);
});

test("events leave uncompressed", async () => {
  const reply = await app.inject({ url: "/api/events", headers: { "accept-encoding": "br" } });
  expect([reply.statusCode, reply.headers["content-encoding"]]).toEqual([200, undefined]);
});

test("a file arrives as multipart and as the body itself", async () => {
  const form = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc\r\n--x--\r\n';
  const asForm = await post(form, { "content-type": "multipart/form-data; boundary=x" }, "/api/upload");
  expect(asForm.json()).toEqual({ bytes: 3 });
  const asBody = await post("abcd", { "content-type": "text/csv" }, "/api/upload");
  expect(asBody.json()).toEqual({ bytes: 4 });
  const asJson = await post('{"file":"abcd"}', { "content-type": "application/json" }, "/api/upload");
  expect(asJson.json()).toEqual({ bytes: 0 });
});

test("changes that anybody may ask are limited by network", async () => {
  for (let asked = 0; asked < 100; asked++) expect((await ask()).statusCode).toBe(200);
  const limited = await ask();
  expect(limited.statusCode).toBe(429);
  expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
});

const ask = () =>
  app.inject({ method: "POST", url: "/api/echo/1", payload: { name: "Ada" }, remoteAddress: "2001:db8::7" });
