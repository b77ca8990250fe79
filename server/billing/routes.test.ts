import { afterAll, beforeAll, expect, test } from "vitest";
import { createSetupLink } from "#server/accounts/setup-link.ts";
import { createTestApp, type TestApp } from "#test/app.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";

let database: FreshDatabase;
let app: TestApp;
const email = "ada@example.test";
const password = "violet harbour 9041";

beforeAll(async () => {
  database = await freshDatabase();
  app = await createTestApp(database.db);
});
afterAll(async () => {
  await app.app.close();
  await database.close();
});

test("a new installation is set up, signed in to, and changed", async () => {
  const { path } = await createSetupLink(buildContext(database.db, { accountId: "" }));
  const token = path.split("#")[1];
  const body = {
    token,
    email,
    password,
    account: "Acme",
    timeZone: "Europe/Warsaw",
    plan: "starter",
    language: "pl",
  };

  const refused = await app.ask({ method: "POST", url: "/api/setup", body: { ...body, tier: -3 } });
  expect(refused).toMatchObject({ status: 400, body: { error: { reason: "billing:tier_impossible" } } });

  const done = await app.ask({
    method: "POST",
    url: "/api/setup",
    body: { ...body, term: "yearly", renewal: "31" },
  });
  expect(done).toMatchObject({ status: 200, body: { accountId: expect.any(String) } });
  const again = await app.ask({ method: "POST", url: "/api/setup", body });
  expect(again).toMatchObject({ status: 409, body: { error: { reason: "accounts:already_set_up" } } });

  const { cookie } = await app.ask({ method: "POST", url: "/api/sign-in", body: { email, password } });
  const past = { renewalOn: "2026-01-31" };
  const late = await app.ask({ method: "PATCH", url: "/api/billing", body: past, cookie });
  expect(late).toMatchObject({ status: 400, body: { error: { reason: "billing:renewal_passed" } } });
  const change = { tier: 4000, term: "monthly", renewalOn: "2099-01-31", timeZone: "America/Sao_Paulo" };
  const changed = await app.ask({ method: "PATCH", url: "/api/billing", body: change, cookie });
  expect(changed).toMatchObject({ status: 200, body: { moved: 0 } });
  const shown = await app.ask({ method: "GET", url: "/api/billing", cookie });
  expect(shown).toMatchObject({
    status: 200,
    body: {
      ...change,
      plan: "starter",
      contactLimit: 4000,
      currency: "PLN",
      price: { amount: 4 * (2000 + 5000 + 5000 + 4500), example: true },
    },
  });
});

test("whoever is not signed in sees and changes nothing", async () => {
  expect(await app.ask({ method: "GET", url: "/api/billing" })).toMatchObject({ status: 401 });
  expect(await app.ask({ method: "PATCH", url: "/api/billing", body: { tier: 1 } })).toMatchObject({
    status: 401,
  });
});

test("a further account answers the same questions; without answers it just counts", async () => {
  const { cookie } = await app.ask({ method: "POST", url: "/api/sign-in", body: { email, password } });
  const make = (body: object) => app.ask({ method: "POST", url: "/api/accounts", body, cookie });
  const place = { timeZone: "Europe/Stockholm", language: "sv" };
  const bare = await make({ name: "Bare", ...place });
  expect(bare.status).toBe(200);
  const refused = await make({
    name: "Wrong",
    ...place,
    counting: "clients",
    plan: "professional",
    tier: 3000,
  });
  expect(refused).toMatchObject({
    status: 400,
    body: { error: { reason: "billing:tier_not_in_price_book" } },
  });
  const asked = {
    counting: "clients",
    plan: "professional",
    tier: 7000,
    term: "yearly",
    renewal: "2026-03-15",
  };
  const made = await make({ name: "Wrong", ...place, ...asked });
  const { accountId } = made.body as { accountId: string };
  await app.ask({ method: "POST", url: "/api/switch-account", body: { accountId }, cookie });
  const shown = await app.ask({ method: "GET", url: "/api/billing", cookie });
  const { renewal: renewalOn, ...kept } = asked;
  expect(shown.body).toMatchObject({ ...kept, renewalOn, currency: "SEK" });
});
