import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeMail } from "#server/platform/mail.ts";
import { performJob } from "#server/platform/perform-job.ts";
import { jobs } from "#server/worker.ts";
import { createTestApp, type TestApp } from "#test/app.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { type MailSink, startMailSink } from "#test/outside.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { serverOfUrl } from "./smtp-url.ts";

// How the operator sets mail up, and the links that then go out by themselves.
let fresh: FreshDatabase;
let app: TestApp;
let operator: Awaited<ReturnType<typeof buildOwner>>;
let sink: MailSink;
let folder = "";

beforeAll(async () => {
  fresh = await freshDatabase();
  app = await createTestApp(fresh.db);
  operator = await buildOwner(fresh.db, "Northwind");
});
afterAll(async () => {
  await app.app.close();
  await fresh.close();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "headroom-mail-"));
  vi.stubEnv("HEADROOM_DATA", folder);
  sink = await startMailSink({ login: { username: "ada", password: "p@ss" } });
});
afterEach(async () => {
  closeMail();
  await sink.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await sql`delete from mail_setting`.execute(fresh.db);
  await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`.execute(
    fresh.db,
  );
});

const ask = (method: string, url: string, body?: object) =>
  app.ask({ method, url, cookie: operator.cookie, ...(body === undefined ? {} : { body }) });

const askOutside = (url: string, body: object) => app.ask({ method: "POST", url, body });

const settings = () => ({
  host: "127.0.0.1",
  port: sink.port,
  security: "none",
  username: "ada",
  password: "p@ss",
  fromAddress: "crm@sender.test",
  fromName: "Northwind",
  baseUrl: "https://crm.example.test/",
});

async function work(): Promise<void> {
  const { rows } = await sql<{ task: string; payload: unknown }>`
    select job.task_identifier as task, body.payload from graphile_worker.jobs job
    join graphile_worker._private_jobs body on body.id = job.id order by job.id`.execute(fresh.db);
  for (const { task, payload } of rows) {
    const job = jobs.find(({ name }) => name === task);
    const place = { db: fresh.db, clock: buildContext(fresh.db).clock, log: pino({ level: "silent" }) };
    if (job !== undefined) await performJob(job, payload, place);
  }
  await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`.execute(
    fresh.db,
  );
}

const linkIn = (body: string) => /https:\/\/\S+/.exec(body)?.[0] ?? "";

test("the operator saves a server; its password is sealed and never answered", async () => {
  expect((await ask("GET", "/api/mail-settings")).body).toMatchObject({ source: "none", settings: null });
  expect((await ask("PUT", "/api/mail-settings", settings())).status).toBe(200);
  const { body } = await ask("GET", "/api/mail-settings");
  expect(body).toMatchObject({
    source: "saved",
    settings: { host: "127.0.0.1", username: "ada", hasPassword: true, baseUrl: "https://crm.example.test" },
  });
  expect(JSON.stringify(body)).not.toContain("p@ss");
  const { rows } = await sql<{ sealed: string }>`select password_sealed as sealed from mail_setting`.execute(
    fresh.db,
  );
  expect(rows[0]?.sealed).toMatch(/^v1\./);
  const { rows: events } = await sql`select from event where details::text like '%p@ss%'`.execute(fresh.db);
  expect(events).toEqual([]);
});

test("saving without a password keeps the one there is, but never for another server", async () => {
  await ask("PUT", "/api/mail-settings", settings());
  const { password: _, ...rest } = settings();
  await ask("PUT", "/api/mail-settings", { ...rest, fromName: "CRM" });
  expect((await ask("GET", "/api/mail-settings")).body).toMatchObject({ settings: { hasPassword: true } });
  for (const other of [{ host: "localhost" }, { port: sink.port + 1 }, { security: "starttls" }]) {
    await ask("PUT", "/api/mail-settings", settings());
    await ask("PUT", "/api/mail-settings", { ...rest, ...other });
    expect((await ask("GET", "/api/mail-settings")).body).toMatchObject({ settings: { hasPassword: false } });
  }
});

test("the test mail goes to who asks, and the server's words come back", async () => {
  expect((await ask("POST", "/api/mail-settings/test", {})).body).toMatchObject({
    error: { reason: "mail:not_set_up" },
  });
  await ask("PUT", "/api/mail-settings", settings());
  const good = await ask("POST", "/api/mail-settings/test", {});
  expect(good.body).toMatchObject({ outcome: "sent", message: expect.stringContaining(operator.email) });
  expect((good.body as { answer: string }).answer).toMatch(/^250/);
  expect(sink.mails.map(({ to }) => to)).toEqual([[operator.email]]);

  await ask("PUT", "/api/mail-settings", { ...settings(), password: "wrong" });
  expect((await ask("POST", "/api/mail-settings/test", {})).body).toMatchObject({
    outcome: "later",
    message: "The mail server does not accept the user name and password.",
    answer: expect.stringContaining("535"),
  });
});

test("nobody but the operator sees or changes it", async () => {
  const admin = await buildMember(fresh.db, operator.accountId, "super-admin");
  for (const [method, url, body] of [
    ["GET", "/api/mail-settings", undefined],
    ["PUT", "/api/mail-settings", settings()],
    ["DELETE", "/api/mail-settings", undefined],
    ["POST", "/api/mail-settings/test", {}],
  ] as const) {
    expect((await app.ask({ method, url, body, cookie: admin.cookie })).status).toBe(403);
  }
});

test.for([
  [{ host: "169.254.169.254" }, "mail:host_refused"],
  [{ host: "nowhere.invalid" }, "mail:host_not_found"],
  [{ host: "mail.test\r\nX: y" }, "mail:one_line"],
  [{ port: 0 }, "http:field_too_small"],
  [{ fromAddress: "a@x.test, b@y.test" }, "http:field_no_email"],
  [{ fromName: "Ada\nBcc: eve@x.test" }, "mail:one_line"],
  [{ baseUrl: "javascript:alert(1)" }, "http:field_no_web_address"],
] as const)("%j is refused and changes nothing", async ([wrong, reason]) => {
  const reply = await ask("PUT", "/api/mail-settings", { ...settings(), ...wrong });
  expect(reply.body).toMatchObject({ error: { reason } });
  expect((await ask("GET", "/api/mail-settings")).body).toMatchObject({ source: "none" });
});

test("what the environment says is shown and cannot be changed here", async () => {
  vi.stubEnv("HEADROOM_SMTP_URL", "smtps://ada:secret@mail.example.test");
  vi.stubEnv("HEADROOM_MAIL_FROM", "CRM <crm@example.test>");
  const { body } = await ask("GET", "/api/mail-settings");
  expect(body).toMatchObject({
    source: "environment",
    settings: { host: "mail.example.test", port: 465, security: "tls", hasPassword: true },
  });
  expect(JSON.stringify(body)).not.toContain("secret");
  expect((await ask("PUT", "/api/mail-settings", settings())).body).toMatchObject({
    error: { reason: "mail:set_by_environment" },
  });
});

test("addresses of mail servers are read with their kind of security", () => {
  expect(serverOfUrl("smtp://relay.test", "a@b.test")).toMatchObject({ port: 587, security: "starttls" });
  expect(serverOfUrl("smtp://[::1]:2525?security=none", "a@b.test")).toMatchObject({
    host: "::1",
    port: 2525,
    security: "none",
    fromAddress: "a@b.test",
    fromName: "",
  });
  expect(serverOfUrl("smtps://a%40b:p%2Fw@relay.test", "CRM <a@b.test>")).toMatchObject({
    username: "a@b",
    password: "p/w",
    fromAddress: "a@b.test",
    fromName: "CRM",
  });
});

test("an invitation goes out by mail and still shows its link", async () => {
  await ask("PUT", "/api/mail-settings", settings());
  const { body: roles } = await ask("GET", "/api/roles");
  const viewer = (roles as { roles: { id: string; key: string }[] }).roles.find(
    ({ key }) => key === "viewer",
  );
  const invite = () => ask("POST", "/api/invitations", { email: "bo@reader.test", roleId: viewer?.id });
  const replaced = await invite();
  const { body } = await invite();
  expect(body).toMatchObject({ mailed: true, path: expect.stringContaining("/invitation#") });
  const { rows } = await sql`select from graphile_worker._private_jobs
    where payload::text like ${`%${(body as { path: string }).path.split("#")[1]}%`}`.execute(fresh.db);
  expect(rows).toEqual([]);
  await work();
  expect(sink.mails.map(({ to }) => to)).toEqual([["bo@reader.test"]]);
  expect(linkIn(sink.mails[0]?.body ?? "")).toBe(
    `https://crm.example.test${(body as { path: string }).path}`,
  );
  expect((replaced.body as { path: string }).path).not.toBe((body as { path: string }).path);
  const { body: people } = await ask("GET", "/api/users");
  expect(people).toMatchObject({ invitations: [{ email: "bo@reader.test", mail: "sent" }] });
});

test("without mail an invitation's link is handed over by a person", async () => {
  const { body: roles } = await ask("GET", "/api/roles");
  const [role] = (roles as { roles: { id: string }[] }).roles;
  const { body } = await ask("POST", "/api/invitations", { email: "cecilia@reader.test", roleId: role?.id });
  expect(body).toMatchObject({ mailed: false });
});

test("who forgot the password gets a link; nobody learns who has a login", async () => {
  const request = (email: string) => askOutside("/api/password-reset/request", { email });
  expect((await request(operator.email)).body).toMatchObject({
    error: { reason: "accounts:reset_needs_operator" },
  });
  await ask("PUT", "/api/mail-settings", settings());
  const known = await request(operator.email.toUpperCase());
  const unknown = await request("nobody@reader.test");
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
  await work();
  expect(sink.mails.map(({ to }) => to)).toEqual([[operator.email]]);
  const token = linkIn(sink.mails[0]?.body ?? "").split("#")[1];
  expect((await askOutside("/api/password-reset/check", { token })).body).toEqual({
    valid: true,
  });
  await request(operator.email);
  await request(operator.email);
  expect((await request(operator.email)).status).toBe(429);
});
