import { afterAll, beforeAll, expect, test } from "vitest";
import { errorStatus } from "#contract/errors.ts";
import { type Permission, permissions } from "#contract/permissions.ts";
import { summaries } from "#contract/summaries.ts";
import { describeThisApi, routes } from "#server/http.ts";
import { createTestApp, type TestApp } from "./app.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";
import { buildMember, buildOwner } from "./people.ts";
import { renderApi } from "./render-api.ts";

// The description of the API is complete, true and fresh. `npm run api` writes docs/api.md anew.
let fresh: FreshDatabase;
let app: TestApp;
beforeAll(async () => {
  fresh = await freshDatabase();
  app = await createTestApp(fresh.db);
});
afterAll(async () => {
  await app.app.close();
  await fresh.close();
});

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, object>;
}

const description = describeThisApi();
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`,
    path,
    ...(operation as unknown as Operation),
  })),
);

test("every route has its sentence, and no sentence is left over", () => {
  const known = routes.map(({ method, path }) => `${method} ${path}`);
  expect(known.filter((name) => summaries[name] === undefined)).toEqual([]);
  expect(Object.keys(summaries).filter((name) => !known.includes(name))).toEqual([]);
  expect(operations.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))).toEqual(
    known.toSorted((a, b) => a.localeCompare(b)),
  );
  expect(Object.values(summaries).filter((summary) => !/^[A-Z].*\.$/.test(summary))).toEqual([]);
});

test("every operation has a name of its own, its parameters and its refusals", () => {
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { path, parameters = [], responses } of operations) {
    const inPath = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(["200", "400"]));
  }
});

test("every reference leads somewhere, and every refusal has its meaning", () => {
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(100);
  const { components } = description;
  for (const [, name = ""] of references) {
    const [kind = "", key = ""] = name.split("/");
    expect((components[kind] as Record<string, unknown>)[key]).toBeDefined();
  }
  const responses = Object.keys(components["responses"] as object);
  expect(responses.length).toBe(new Set(Object.values(errorStatus)).size);
});

test("an endpoint is described as its contract says", () => {
  const bulk = operations.find(({ name }) => name === "POST /api/invitations");
  expect(bulk?.description).toBe("Needs the permission Users and roles (`users.edit`).");
  expect(bulk?.requestBody?.content["application/json"]?.schema).toMatchObject({
    type: "object",
    required: ["email", "roleId"],
    properties: { roleId: { type: "string" } },
  });
  const list = operations.find(({ name }) => name === "GET /api/operations");
  expect(list?.parameters?.map(({ name, required }) => [name, required])).toEqual([
    ["after", false],
    ["limit", false],
  ]);
});

test("fields that are not named are closed off, but for what the contract leaves open", () => {
  const bodyOf = (asked: string) =>
    operations.find(({ name }) => name === asked)?.requestBody?.content["application/json"]?.schema;
  expect(bodyOf("PATCH /api/billing")).toHaveProperty("additionalProperties", false);
  const contact = bodyOf("POST /api/contacts");
  expect(contact).toHaveProperty("additionalProperties", false);
  expect(contact).toHaveProperty("properties.properties.additionalProperties.type");
  const step = "properties.definition.properties.steps.items.oneOf.6";
  const draft = bodyOf("PUT /api/workflows/:workflowId/draft");
  expect(draft).toHaveProperty(`${step}.properties.branches.items.additionalProperties`, false);
  expect(draft).toHaveProperty(`${step}.additionalProperties`, false);
  // Schemas that hold together would each refuse the other's fields.
  expect(JSON.stringify(operations.map(({ requestBody }) => requestBody))).not.toContain('"allOf"');
});

test("it is served to programs", async () => {
  const { status, body } = await app.ask({ method: "GET", url: "/api/openapi.json" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ openapi: "3.1.0", info: { title: "Headroom" } });
});

test("docs/api.md is what the routes say (else: npm run api)", async () => {
  await expect(renderApi(description)).toMatchFileSnapshot("../docs/api.md");
});

const guarded = routes.filter((route): route is typeof route & { access: Permission } =>
  (permissions as readonly string[]).includes(route.access),
);

test("a refusal names the permission that is missing, on every route, in the reader's language", async () => {
  const { accountId } = await buildOwner(fresh.db);
  const cookies = new Map<Permission, string>();
  for (const permission of new Set(guarded.map(({ access }) => access))) {
    const others = permissions.filter((other) => other !== permission);
    const { cookie, userId } = await buildMember(fresh.db, accountId, others);
    await fresh.db.updateTable("app_user").set({ language: "sv" }).where("id", "=", userId).execute();
    cookies.set(permission, cookie);
  }
  for (const { method, path, access } of guarded) {
    const url = path.replace(/:\w+/g, "1");
    const { status, body } = await app.ask({ method, url, cookie: cookies.get(access) });
    expect([method, path, status]).toEqual([method, path, 403]);
    const { error } = body as { error: { message: string; details: object } };
    expect(error).toMatchObject({ code: "not_allowed", details: { permission: access } });
    expect(error.message).toMatch(/^Det här kräver behörigheten [A-ZÅÄÖ].+ \([a-z.-]+\)\./);
  }
});
