import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "#test/app.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { updateUser } from "./update-user.ts";

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

interface Person {
  readonly userId: string;
  readonly cookie: string;
}

const roleId = async ({ cookie }: Person, key: string) => {
  const { body } = await app.ask({ method: "GET", url: "/api/roles", cookie });
  return (body as { roles: { id: string; key: string | null }[] }).roles.find((role) => role.key === key)?.id;
};

const change = ({ cookie }: Person, { userId }: Person, input: object) =>
  app.ask({ method: "PATCH", url: `/api/users/${userId}`, cookie, body: input });

const permissionsOf = async ({ cookie }: Person) => {
  const { body } = await app.ask({ method: "GET", url: "/api/me", cookie });
  return (body as { permissions: string[] }).permissions;
};

test("another role ends the person's sessions, so that nothing is done with the old one", async () => {
  const owner = await buildOwner(fresh.db);
  const member = await buildMember(fresh.db, owner.accountId, "sales");

  expect((await change(owner, member, { roleId: await roleId(owner, "viewer") })).status).toBe(200);

  expect(await permissionsOf(member)).toEqual([]);
});

test("a deactivated person cannot open the account, and can again when activated", async () => {
  const owner = await buildOwner(fresh.db);
  const member = await buildMember(fresh.db, owner.accountId, "viewer");
  const signIn = async () => {
    const body = { email: member.email, password: "correct horse" };
    const { cookie } = await app.ask({ method: "POST", url: "/api/sign-in", body });
    return { ...member, cookie: cookie ?? "" };
  };

  await change(owner, member, { active: false });
  expect(await permissionsOf(await signIn())).toEqual([]);

  await change(owner, member, { active: true });
  expect(await permissionsOf(await signIn())).toEqual(["contacts.view"]);
});

test("the last Super Admin stays, also when two leave at once", async () => {
  const owner = await buildOwner(fresh.db);
  const viewer = await roleId(owner, "viewer");
  expect(await change(owner, owner, { roleId: viewer })).toMatchObject({
    status: 409,
    body: { error: { reason: "accounts:last_admin" } },
  });
  expect((await change(owner, owner, { active: false })).status).toBe(409);

  const second = await buildMember(fresh.db, owner.accountId, "super-admin");
  const context = buildContext(fresh.db, { accountId: owner.accountId });
  const both = await Promise.allSettled([
    updateUser(context, { id: second.userId, roleId: viewer }),
    updateUser(context, { id: owner.userId, active: false }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("nobody gives or takes what they do not have", async () => {
  const owner = await buildOwner(fresh.db);
  const manager = await buildMember(fresh.db, owner.accountId, ["users.edit", "contacts.view"]);
  const viewer = await buildMember(fresh.db, owner.accountId, "viewer");
  const superAdmin = await roleId(owner, "super-admin");

  const refused = { status: 403, body: { error: { reason: "accounts:beyond_own_permissions" } } };
  expect(await change(manager, manager, { roleId: superAdmin })).toMatchObject(refused);
  expect(await change(manager, owner, { active: false })).toMatchObject(refused);
  const role = { name: "Everything", permissions: ["contacts.view", "billing.edit"] };
  const made = await app.ask({ method: "POST", url: "/api/roles", cookie: manager.cookie, body: role });
  expect(made).toMatchObject(refused);
  const invitation = { email: "new@example.test", roleId: superAdmin };
  const invited = { method: "POST", url: "/api/invitations", cookie: manager.cookie, body: invitation };
  expect(await app.ask(invited)).toMatchObject(refused);
  expect((await change(manager, viewer, { active: false })).status).toBe(200);
});

test("a person, role or invitation of another account answers like a missing one", async () => {
  const owner = await buildOwner(fresh.db);
  const other = await buildOwner(fresh.db);
  const foreignRole = await roleId(other, "viewer");
  const answers = await Promise.all([
    change(owner, other, { active: false }),
    change(owner, { ...other, userId: "987654321" }, { active: false }),
    change(owner, owner, { roleId: foreignRole }),
    change(owner, owner, { roleId: "987654321" }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(answers[0]?.body).toEqual(answers[1]?.body);
  expect(answers[2]?.body).toEqual(answers[3]?.body);
});

test("own roles can be made, changed and deleted; built-in ones and used ones stay", async () => {
  const owner = await buildOwner(fresh.db);
  const { cookie } = owner;
  const role = { name: "Interns", permissions: ["contacts.view"] };
  const { body } = await app.ask({ method: "POST", url: "/api/roles", cookie, body: role });
  const { id } = body as { id: string };

  const twice = await app.ask({
    method: "POST",
    url: "/api/roles",
    cookie,
    body: { ...role, name: "interns" },
  });
  expect(twice.body).toMatchObject({ error: { reason: "accounts:role_name_taken" } });

  const member = await buildMember(fresh.db, owner.accountId, "viewer");
  await change(owner, member, { roleId: id });
  const used = await app.ask({ method: "DELETE", url: `/api/roles/${id}`, cookie });
  expect(used.body).toMatchObject({ error: { reason: "accounts:role_in_use" } });

  await change(owner, member, { roleId: await roleId(owner, "viewer") });
  const wider = { name: "Interns", permissions: ["contacts.view", "lists.edit"] };
  expect((await app.ask({ method: "PUT", url: `/api/roles/${id}`, cookie, body: wider })).status).toBe(200);
  expect((await app.ask({ method: "DELETE", url: `/api/roles/${id}`, cookie })).status).toBe(200);

  const builtIn = `/api/roles/${await roleId(owner, "viewer")}`;
  expect((await app.ask({ method: "DELETE", url: builtIn, cookie })).status).toBe(403);
  expect((await app.ask({ method: "PUT", url: builtIn, cookie, body: wider })).status).toBe(403);
});

test("asking reaches those who can grant, and granting gives a role that has it", async () => {
  const owner = await buildOwner(fresh.db);
  const member = await buildMember(fresh.db, owner.accountId, "viewer");
  const permission = "marketing-contacts.edit";
  const granters = async () => {
    const url = `/api/permissions/granters?permission=${permission}`;
    return (await app.ask({ method: "GET", url, cookie: member.cookie })).body;
  };
  expect(await granters()).toMatchObject({ granters: [{ id: owner.userId }], asked: false });

  const wish = { kind: "permission", name: permission, note: "For the winter campaign" };
  const asking = { method: "POST", url: "/api/requests", cookie: member.cookie, body: wish };
  expect((await Promise.all([app.ask(asking), app.ask(asking)])).map(({ status }) => status)).toEqual([
    200, 200,
  ]);
  expect(await granters()).toMatchObject({ asked: true });

  const list = await app.ask({ method: "GET", url: "/api/requests", cookie: owner.cookie });
  const { requests } = list.body as { requests: { id: string }[] };
  expect(requests).toMatchObject([{ ...wish, userId: member.userId }]);

  const answer = { method: "POST", url: `/api/requests/${requests[0]?.id}/answer`, cookie: owner.cookie };
  const lacking = { answer: "granted", roleId: await roleId(owner, "sales") };
  expect((await app.ask({ ...answer, body: lacking })).body).toMatchObject({
    error: { reason: "accounts:role_lacks_permission" },
  });
  const having = { answer: "granted", roleId: await roleId(owner, "marketing") };
  expect((await app.ask({ ...answer, body: having })).status).toBe(200);
  expect((await app.ask({ ...answer, body: having })).status).toBe(404);
});
