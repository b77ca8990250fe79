import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "#test/app.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";

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

const answer = (cookie: string, body: object) =>
  app.ask({ method: "POST", url: "/api/help/answers", cookie, body: { language: "sv", ...body } });
const answers = (cookie: string) => app.ask({ method: "GET", url: "/api/help/answers", cookie });

test("everybody may answer, the last answer counts, admins of the same account read it", async () => {
  const owner = await buildOwner(fresh.db);
  const viewer = await buildMember(fresh.db, owner.accountId, "viewer");
  const said = { article: "lists", helpful: false, comment: " Var finns mappar? " };
  expect((await answer(viewer.cookie, { ...said, comment: "först" })).status).toBe(200);
  await answer(viewer.cookie, said);
  await answer(owner.cookie, { article: "lists", helpful: true });
  expect((await answers(owner.cookie)).body).toMatchObject({
    answers: [
      { article: "lists", helpful: true, comment: "" },
      { article: "lists", helpful: false, comment: "Var finns mappar?", language: "sv" },
    ],
  });
  const refused = await answers(viewer.cookie);
  expect(refused.body).toMatchObject({ error: { details: { permission: "users.edit" } } });
  const other = await buildOwner(fresh.db);
  expect((await answers(other.cookie)).body).toEqual({ answers: [] });
});

test.for([
  { article: "../secret", helpful: true },
  { article: "lists", helpful: "yes" },
  { article: "lists", helpful: true, comment: "x".repeat(2001) },
])("%j is refused", async (body) => {
  const { cookie } = await buildOwner(fresh.db);
  expect((await answer(cookie, body)).status).toBe(400);
});

test("get help names who manages the account's users", async () => {
  const owner = await buildOwner(fresh.db);
  await buildMember(fresh.db, owner.accountId, "marketing");
  const admin = await buildMember(fresh.db, owner.accountId, ["users.edit"]);
  const { body } = await app.ask({ method: "GET", url: "/api/help/people", cookie: owner.cookie });
  const { people } = body as { people: { id: string }[] };
  expect(new Set(people.map(({ id }) => id))).toEqual(new Set([owner.userId, admin.userId]));
});
