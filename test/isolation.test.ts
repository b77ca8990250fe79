import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { revokeToken } from "#server/accounts/tokens/create-token.ts";
import { routes } from "#server/http.ts";
import { createTestApp, type TestApp } from "./app.ts";
import { buildContext } from "./build.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";
import { buildMember, buildOwner, buildToken } from "./people.ts";

// Every route of the program, asked by everybody who must not get in. New routes are in it by being routes.
let fresh: FreshDatabase;
let app: TestApp;
let outsider: { cookie: string; accountId: string };
let powerless: { cookie: string };
let revoked: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  app = await createTestApp(fresh.db);
  // The first owner is the installation's operator; those below are not.
  const { accountId } = await buildOwner(fresh.db);
  outsider = await buildMember(fresh.db, (await buildOwner(fresh.db)).accountId, "super-admin");
  powerless = await buildMember(fresh.db, accountId, []);
  const { id, token } = await buildToken(fresh.db, accountId);
  await revokeToken(buildContext(fresh.db, { accountId }), { id });
  revoked = token;
  foreign = accountId;
});
afterAll(async () => {
  await app.app.close();
  await fresh.close();
});
let foreign: string;

const guarded = routes
  .filter(({ access }) => access !== "public")
  .map((route) => ({ ...route, url: route.path.replace(/:\w+/g, "1") }));

test("there are routes to try", () => {
  expect(guarded.length).toBeGreaterThan(20);
});

describe.for(guarded)("$method $path", ({ method, url, access }) => {
  const status = async (cookie: string | undefined, headers: Record<string, string> = {}) =>
    (await app.ask({ method, url, cookie, headers })).status;

  test("refuses who is not signed in", async () => {
    expect(await status(undefined)).toBe(401);
    expect(await status("headroom=made-up")).toBe(401);
  });

  test("refuses a revoked token", async () => {
    expect(await status(undefined, { authorization: `Bearer ${revoked}` })).toBe(401);
  });

  test.skipIf(access === "signed-in")("refuses who lacks the permission", async () => {
    expect(await status(powerless.cookie)).toBe(403);
  });

  test("answers a foreign account like a missing one", async () => {
    expect(await status(outsider.cookie, { "x-headroom-account": foreign })).toBe(404);
    expect(await status(outsider.cookie, { "x-headroom-account": "987654321" })).toBe(404);
  });

  test.skipIf(method === "GET")("refuses another site", async () => {
    expect(await status(outsider.cookie, { "sec-fetch-site": "cross-site" })).toBe(403);
  });
});
