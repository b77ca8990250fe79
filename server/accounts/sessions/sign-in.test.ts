import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseClock, fixedClock } from "#server/platform/clock.ts";
import { createTestApp, type TestApp } from "#test/app.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildAccount, buildMember, buildOwner, buildStranger, PASSWORD } from "#test/people.ts";

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

let networks = 0;
const newAddress = () => `198.51.${(++networks).toString()}.7`;

const signIn = (email: string, password: string, address = newAddress()) =>
  app.ask({ method: "POST", url: "/api/sign-in", body: { email, password }, address });

const me = async (cookie: string | undefined, headers = {}) =>
  (await app.ask({ method: "GET", url: "/api/me", cookie, headers })).body;

test("signing in gives a cookie that opens the account, signing out ends it", async () => {
  const { email, accountId } = await buildOwner(fresh.db);

  const signedIn = await signIn(` ${email.toUpperCase()} `, PASSWORD);
  expect(signedIn.status).toBe(200);
  expect(signedIn.headers["set-cookie"]).toMatch(
    /^headroom=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  expect(await me(signedIn.cookie)).toMatchObject({
    user: { email },
    account: { id: accountId, role: "super-admin" },
  });

  const signedOut = await app.ask({ method: "POST", url: "/api/sign-out", cookie: signedIn.cookie });
  expect(signedOut.status).toBe(200);
  expect(await me(signedIn.cookie)).toMatchObject({ user: null, account: null, permissions: [] });
});

test("an unknown address and a wrong password get the same answer", async () => {
  const { email } = await buildOwner(fresh.db);

  const wrongPassword = await signIn(email, "not the password");
  const unknown = await signIn("nobody@example.test", "not the password");

  expect(wrongPassword.status).toBe(401);
  expect(wrongPassword.body).toEqual(unknown.body);
  expect(wrongPassword.body).toMatchObject({ error: { reason: "accounts:wrong_credentials" } });
});

test("a session ends after 7 days without use and after 30 days with it", async () => {
  const { cookie } = await buildOwner(fresh.db);
  const now = await databaseClock.now(fresh.db);
  const inDays = async (days: number) => {
    const later = await createTestApp(fresh.db, fixedClock(new Date(now.getTime() + days * 86_400_000)));
    const { body } = await later.ask({ method: "GET", url: "/api/me", cookie });
    await later.app.close();
    return (body as { user: unknown }).user !== null;
  };

  expect(await inDays(7.1)).toBe(false);
  for (const day of [6, 12, 18, 24, 29.9]) expect(await inDays(day)).toBe(true);
  expect(await inDays(30.1)).toBe(false);
});

test("the eleventh attempt at one login from one address is refused, even with the right password", async () => {
  const { email } = await buildOwner(fresh.db);
  const address = newAddress();
  const attempts = await Promise.all(Array.from({ length: 10 }, () => signIn(email, "wrong", address)));
  expect(new Set(attempts.map(({ status }) => status))).toEqual(new Set([401]));

  const refused = await signIn(email, PASSWORD, address);
  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({ error: { reason: "accounts:too_many_attempts" } });
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);

  expect((await signIn(email, PASSWORD)).status).toBe(200);
});

test("many guessers at one login do not lock out its owner where they have signed in before", async () => {
  const { email } = await buildOwner(fresh.db);
  const home = newAddress();
  expect((await signIn(email, PASSWORD, home)).status).toBe(200);
  for (let guess = 0; guess < 51; guess++) await signIn(email, "wrong", newAddress());

  expect((await signIn(email, PASSWORD, newAddress())).status).toBe(429);
  expect((await signIn(email, PASSWORD, home)).status).toBe(200);
});

test("a change from another site is refused before anything happens", async () => {
  const { cookie } = await buildOwner(fresh.db);
  const post = (headers: Record<string, string>) =>
    app.ask({ method: "POST", url: "/api/sign-out", cookie, headers });

  expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({ "sec-fetch-site": "same-origin", "content-type": "text/plain" })).status).toBe(415);
  expect(await me(cookie)).not.toMatchObject({ user: null });
});

test("a request may name another account of the person, and no other", async () => {
  const { cookie, userId, accountId } = await buildOwner(fresh.db);
  const second = await buildAccount(fresh.db, userId);
  const foreign = (await buildOwner(fresh.db)).accountId;
  const inAccount = (account: string) =>
    app.ask({ method: "GET", url: "/api/me", cookie, headers: { "x-headroom-account": account } });

  expect((await inAccount(second)).body).toMatchObject({ account: { id: second }, accounts: [{}, {}] });
  const answers = await Promise.all([inAccount(foreign), inAccount("987654321"), inAccount("1 or 1=1")]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(answers[0]?.body).toEqual(answers[1]?.body);

  const linked = (account: string) => app.ask({ method: "GET", url: `/api/me?account=${account}`, cookie });
  expect((await linked(second)).body).toMatchObject({ account: { id: second } });
  expect((await linked(foreign)).status).toBe(404);

  const toForeign = { method: "POST", url: "/api/switch-account", cookie, body: { accountId: foreign } };
  expect((await app.ask(toForeign)).status).toBe(404);
  expect(await me(cookie)).toMatchObject({ account: { id: accountId } });
  expect((await app.ask({ ...toForeign, body: { accountId: second } })).status).toBe(200);
  expect(await me(cookie)).toMatchObject({ account: { id: second } });
});

test("somebody without an account is signed in and may do nothing", async () => {
  const { cookie, email } = await buildStranger(fresh.db);

  expect(await me(cookie)).toMatchObject({ user: { email }, account: null, permissions: [] });
});

test("a role allows what it allows now", async () => {
  const { accountId } = await buildOwner(fresh.db);
  const { cookie } = await buildMember(fresh.db, accountId, "sales");

  expect(await me(cookie)).toMatchObject({
    permissions: ["contacts.view", "contacts.edit", "contacts.import", "contacts.export", "lists.edit"],
  });
});
