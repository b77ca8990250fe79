import { afterAll, beforeAll, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import { createTestApp, type TestApp } from "#test/app.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner, PASSWORD } from "#test/people.ts";
import { inviteUser } from "./invite-user.ts";
import { createPasswordReset } from "./reset-password.ts";

// Invitations, passwords and profiles: what a person does with their own login.
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

const post = (url: string, body: object, cookie?: string) => app.ask({ method: "POST", url, body, cookie });
const me = async (cookie: string | undefined) =>
  (await app.ask({ method: "GET", url: "/api/me", cookie })).body;
const commandLine = (accountId: string) =>
  buildContext(fresh.db, { accountId, actor: { type: "command", id: null } });

async function invite(accountId: string, email: string): Promise<string> {
  const { rows } = await fresh.ownerPool.query<{ id: string }>(
    "select id from role where account_id = $1 and key = 'viewer'",
    [accountId],
  );
  const { path } = await inviteUser(commandLine(accountId), { email, roleId: String(rows[0]?.id) });
  return path.split("#")[1] ?? "";
}

test("an invitation makes a login, once", async () => {
  const { accountId } = await buildOwner(fresh.db, "Northwind");
  const token = await invite(accountId, "Bo@Example.test ");
  expect((await post("/api/invitation/check", { token })).body).toEqual({
    email: "bo@example.test",
    accountName: "Northwind",
    language: "en",
    hasLogin: false,
  });

  const weak = { token, name: "Bo Ek", password: "password1" };
  expect((await post("/api/invitation", weak)).body).toMatchObject({
    error: { reason: "accounts:password_common" },
  });
  const accepted = await post("/api/invitation", { token, name: "Bo Ek", password: PASSWORD });
  expect(accepted.status).toBe(200);
  expect(await me(accepted.cookie)).toMatchObject({
    user: { name: "Bo Ek", operator: false },
    account: { id: accountId, role: "viewer" },
  });

  expect((await post("/api/invitation", { token, name: "Eve", password: PASSWORD })).status).toBe(404);
});

test("somebody with a login joins with its password", async () => {
  const first = await buildOwner(fresh.db);
  const { accountId } = await buildOwner(fresh.db);
  const token = await invite(accountId, first.email);

  expect((await post("/api/invitation", { token, password: "guessed wrong" })).status).toBe(401);
  const accepted = await post("/api/invitation", { token, password: PASSWORD });

  expect(await me(accepted.cookie)).toMatchObject({ account: { id: accountId }, accounts: [{}, {}] });
});

const inviteStatus = async (token: string) => (await post("/api/invitation/check", { token })).status;

test("inviting again replaces the link, taking back ends it, a week makes it too old", async () => {
  const { accountId, cookie } = await buildOwner(fresh.db);
  const first = await invite(accountId, "cecilia@example.test");
  const second = await invite(accountId, "cecilia@example.test");
  expect([await inviteStatus(first), await inviteStatus(second)]).toEqual([404, 200]);

  const { body } = await app.ask({ method: "GET", url: "/api/users", cookie });
  const [invitation] = (body as { invitations: { id: string }[] }).invitations;
  const { cookie: foreign } = await buildOwner(fresh.db);
  const revoke = { method: "DELETE", url: `/api/invitations/${invitation?.id}` };
  expect((await app.ask({ ...revoke, cookie: foreign })).status).toBe(404);

  const later = await createTestApp(fresh.db, fixedClock(new Date(Date.now() + 7.1 * 86_400_000)));
  const old = { method: "POST", url: "/api/invitation/check", body: { token: second } };
  expect((await later.ask(old)).status).toBe(404);
  await later.app.close();

  expect((await app.ask({ ...revoke, cookie })).status).toBe(200);
  expect(await inviteStatus(second)).toBe(404);
});

test("a new password ends every other session and gives this one a new secret", async () => {
  const { cookie, email } = await buildOwner(fresh.db);
  const elsewhere = await post("/api/sign-in", { email, password: PASSWORD });
  const change = (current: string, password: string) =>
    post("/api/profile/password", { current, password }, cookie);

  expect((await change("wrong", "a much better one")).body).toMatchObject({
    error: { reason: "accounts:current_password_wrong" },
  });
  expect((await change(PASSWORD, "short")).status).toBe(400);
  const changed = await change(PASSWORD, "a much better one");

  expect(changed.cookie).not.toBe(cookie);
  expect(await me(changed.cookie)).toMatchObject({ user: { email } });
  expect(await me(cookie)).toMatchObject({ user: null });
  expect(await me(elsewhere.cookie)).toMatchObject({ user: null });
  expect((await post("/api/sign-in", { email, password: PASSWORD })).status).toBe(401);
});

test("a reset link sets the password once, for an hour, and signs out everywhere", async () => {
  const { cookie, email, accountId } = await buildOwner(fresh.db);
  const { path } = await createPasswordReset(commandLine(accountId), { email: email.toUpperCase() });
  const token = path.split("#")[1] ?? "";
  expect((await post("/api/password-reset/check", { token })).body).toEqual({ valid: true });

  const both = await Promise.all([
    post("/api/password-reset", { token, password: "first new password" }),
    post("/api/password-reset", { token, password: "first new password" }),
  ]);
  expect(both.map(({ status }) => status)).toContain(200);

  expect((await post("/api/password-reset", { token, password: "second new password" })).status).toBe(404);
  expect(await me(cookie)).toMatchObject({ user: null });
  expect((await post("/api/sign-in", { email, password: "first new password" })).status).toBe(200);
});

test("passwords keep every character, spaces and accents included", async () => {
  const { accountId, cookie, email } = await buildOwner(fresh.db);
  const long = `${"å".repeat(100)} łóżko 🐎`;
  expect((await post("/api/profile/password", { current: PASSWORD, password: long }, cookie)).status).toBe(
    200,
  );

  const signIn = (password: string) => post("/api/sign-in", { email, password });
  expect((await signIn(long.normalize("NFD"))).status).toBe(200);
  expect((await signIn(long.slice(0, 72))).status).toBe(401);
  expect(accountId).toBeTruthy();
});

const patchProfile = (cookie: string, body: object) =>
  app.ask({ method: "PATCH", url: "/api/profile", cookie, body });

test("a person chooses their own name, language and time zone", async () => {
  const { cookie, accountId } = await buildOwner(fresh.db);
  const member = await buildMember(fresh.db, accountId, "viewer");
  const profile = { name: "Ådel Żak", language: "pl", timeZone: "Europe/Warsaw" };
  expect((await patchProfile(member.cookie, profile)).status).toBe(200);
  expect(await me(member.cookie)).toMatchObject({ user: profile });
  for (const timeZone of ["+02:00", "Mars/Base", "x".repeat(61)]) {
    expect((await patchProfile(cookie, { timeZone })).status).toBe(400);
  }
});
