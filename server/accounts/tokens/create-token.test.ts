import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "#test/app.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { hasTokenForm, newToken } from "./token.ts";

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

const create = (cookie: string, permissions: string[]) =>
  app.ask({ method: "POST", url: "/api/tokens", cookie, body: { name: "Website", permissions } });

const withToken = (token: string, url = "/api/roles", headers = {}) =>
  app.ask({ method: "GET", url, headers: { authorization: `Bearer ${token}`, ...headers } });

test("a token opens its own account with its own permissions, until it is revoked", async () => {
  const owner = await buildOwner(fresh.db);
  const { body } = await create(owner.cookie, ["contacts.view"]);
  const { id, token } = body as { id: string; token: string };

  expect((await withToken(token)).status).toBe(200);
  expect((await withToken(token, "/api/users")).body).toMatchObject({
    error: { details: { permission: "users.edit" } },
  });
  const other = (await buildOwner(fresh.db)).accountId;
  expect((await withToken(token, "/api/roles", { "x-headroom-account": other })).status).toBe(404);

  const list = await app.ask({ method: "GET", url: "/api/tokens", cookie: owner.cookie });
  expect(list.body).toMatchObject({ tokens: [{ id, name: "Website", permissions: ["contacts.view"] }] });
  expect(JSON.stringify(list.body)).not.toContain(token);
  expect((list.body as { tokens: { lastUsedAt: string }[] }).tokens[0]?.lastUsedAt).toMatch(/^\d{4}-.*Z$/);

  expect((await app.ask({ method: "DELETE", url: `/api/tokens/${id}`, cookie: owner.cookie })).status).toBe(
    200,
  );
  expect((await withToken(token)).body).toMatchObject({ error: { reason: "accounts:token_invalid" } });
});

test("a token cannot have what its maker lacks, nor be revoked from another account", async () => {
  const owner = await buildOwner(fresh.db);
  const settings = await buildMember(fresh.db, owner.accountId, ["settings.edit", "contacts.view"]);
  expect((await create(settings.cookie, ["contacts.view", "billing.edit"])).status).toBe(403);

  const { body } = await create(settings.cookie, ["contacts.view"]);
  const other = await buildOwner(fresh.db);
  const { id } = body as { id: string };
  expect((await app.ask({ method: "DELETE", url: `/api/tokens/${id}`, cookie: other.cookie })).status).toBe(
    404,
  );
});

test("a wrong credential is refused, never taken for nobody", async () => {
  for (const authorization of ["Bearer x", `Bearer ${newToken()}`, "Basic YTpi", "Bearer", "nonsense"]) {
    const answer = await app.ask({ method: "GET", url: "/api/me", headers: { authorization } });
    expect(answer.status).toBe(401);
  }
});

test("a mistyped token is recognised by its checksum", () => {
  const token = newToken();
  expect(hasTokenForm(token)).toBe(true);
  const changed = token.at(-1) === "0" ? `${token.slice(0, -1)}1` : `${token.slice(0, -1)}0`;
  expect(hasTokenForm(changed)).toBe(false);
  expect(hasTokenForm(token.slice(0, -1))).toBe(false);
});
