import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "#test/app.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner, buildToken } from "#test/people.ts";
import { kindOf, wordNotice } from "./notice.ts";
import { notify } from "./notify.ts";

// What a reader sees of their notices, over HTTP.
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

interface Page {
  readonly notices: { id: string; title: string; text: string; link: string; read: boolean; at: string }[];
  readonly unread: number;
  readonly more: boolean;
}

const get = async (cookie: string, query = "") =>
  (await app.ask({ method: "GET", url: `/api/notices${query}`, cookie })).body as Page;
const read = (cookie: string, body: object) =>
  app.ask({ method: "POST", url: "/api/notices/read", cookie, body });

const tell = (accountId: string, userIds: string[], name: string) =>
  notify(buildContext(fresh.db, { accountId }), {
    to: { userIds },
    key: "accounts:notice_asked",
    details: { name },
    link: "/settings/users",
    mail: false,
  });

test("a reader sees their own notices, newest first, page by page, in their language", async () => {
  const owner = await buildOwner(fresh.db);
  const other = await buildMember(fresh.db, owner.accountId, "viewer");
  for (const name of ["Ada", "Bo", "Cecilia"]) await tell(owner.accountId, [owner.userId], name);
  await tell(owner.accountId, [other.userId], "Disa");

  const first = await get(owner.cookie, "?limit=2");
  expect(first.notices.map(({ title }) => title)).toEqual([
    "Cecilia asks for something",
    "Bo asks for something",
  ]);
  expect(first).toMatchObject({ unread: 3, more: true });
  expect(first.notices[0]).toMatchObject({ read: false, link: "/settings/users" });
  const last = await get(owner.cookie, `?before=${first.notices[1]?.id}`);
  expect(last.notices.map(({ title }) => title)).toEqual(["Ada asks for something"]);
  expect(last.more).toBe(false);

  await app.ask({ method: "PATCH", url: "/api/profile", cookie: owner.cookie, body: { language: "pl" } });
  expect((await get(owner.cookie)).notices[0]?.title).toBe("Cecilia prosi o dostęp");
});

test("reading some, then all; never somebody else's", async () => {
  const owner = await buildOwner(fresh.db);
  const other = await buildMember(fresh.db, owner.accountId, "viewer");
  for (const name of ["Ada", "Bo", "Cecilia"])
    await tell(owner.accountId, [owner.userId, other.userId], name);
  const { notices } = await get(owner.cookie);
  await read(other.cookie, { ids: notices.map(({ id }) => id) });
  expect((await get(owner.cookie)).unread).toBe(3);
  expect((await read(owner.cookie, { ids: [notices[0]?.id] })).status).toBe(200);
  expect((await get(owner.cookie, "?unreadOnly=true")).notices.map(({ id }) => id)).toEqual(
    notices.slice(1).map(({ id }) => id),
  );
  expect((await get(owner.cookie, "?unreadOnly=false")).notices).toHaveLength(3);
  await read(owner.cookie, { all: true });
  const unread = await app.ask({ method: "GET", url: "/api/notices/unread", cookie: owner.cookie });
  expect(unread.body).toEqual({ unread: 0 });
  expect((await get(other.cookie)).unread).toBe(3);
});

test("a token has no notices", async () => {
  const owner = await buildOwner(fresh.db);
  const { token } = await buildToken(fresh.db, owner.accountId);
  const reply = await app.ask({
    method: "GET",
    url: "/api/notices",
    headers: { authorization: `Bearer ${token}` },
  });
  expect(reply.body).toMatchObject({ error: { reason: "accounts:people_only" } });
});

test("kinds by mail are chosen per person and account", async () => {
  const { cookie } = await buildOwner(fresh.db);
  const choices = async () =>
    (await app.ask({ method: "GET", url: "/api/notice-choices", cookie })).body as {
      choices: { kind: string; mail: boolean }[];
    };
  expect((await choices()).choices.every(({ mail }) => mail)).toBe(true);
  const url = "/api/notice-choices/billing";
  expect((await app.ask({ method: "PUT", url, cookie, body: { mail: false } })).status).toBe(200);
  expect((await choices()).choices.filter(({ mail }) => !mail)).toEqual([{ kind: "billing", mail: false }]);
});

test("every feature that has notices lets people choose about its mail", async () => {
  const { cookie } = await buildOwner(fresh.db);
  const { body } = await app.ask({ method: "GET", url: "/api/notice-choices", cookie });
  const folder = new URL("../../locales/en/", import.meta.url);
  const tells = readdirSync(folder).filter((file) =>
    Object.keys(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as object).some((key) =>
      key.startsWith("notice_"),
    ),
  );
  const kinds = (body as { choices: { kind: string }[] }).choices.map(({ kind }) => `${kind}.json`);
  expect(kinds.toSorted()).toEqual(tells.toSorted());
});

test("asking tells who can answer, and answering tells who asked", async () => {
  const owner = await buildOwner(fresh.db);
  const viewer = await buildMember(fresh.db, owner.accountId, "viewer");
  const body = { kind: "feature", name: "workflows" };
  await app.ask({ method: "POST", url: "/api/requests", cookie: viewer.cookie, body });
  await app.ask({ method: "POST", url: "/api/requests", cookie: viewer.cookie, body });
  expect((await get(owner.cookie)).notices).toHaveLength(1);
  const { body: list } = await app.ask({ method: "GET", url: "/api/requests", cookie: owner.cookie });
  const [request] = (list as { requests: { id: string }[] }).requests;
  const answer = { answer: "declined" };
  await app.ask({
    method: "POST",
    url: `/api/requests/${request?.id}/answer`,
    cookie: owner.cookie,
    body: answer,
  });
  expect((await get(viewer.cookie)).notices[0]?.title).toBe("Your request is answered");
});

test("numbers, moments and days are written as the reader writes them", () => {
  const key = "marketing-status:example";
  expect(kindOf(key)).toBe("marketing-status");
  const reader = { language: "sv", timeZone: "Europe/Stockholm" } as const;
  const told = { key: "accounts:notice_asked", details: { name: "2026-12-01" } };
  expect(wordNotice(told, reader).title).toBe("1 december 2026 ber om något");
  const moment = { ...told, details: { name: "2026-11-30T23:00:00.000Z" } };
  expect(wordNotice(moment, reader).title).toContain("1 december 2026");
  expect(wordNotice({ ...told, details: { name: 1204 } }, reader).title).toBe("1\u00a0204 ber om något");
});
