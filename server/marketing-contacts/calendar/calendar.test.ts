import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { settleAccount } from "#server/marketing-status/status/settle-due-changes.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { createTestApp, type TestApp } from "#test/app.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildMember, buildOwner } from "#test/people.ts";
import { showSavings } from "../savings/show-savings.ts";
import { listScheduled, previewCancel, startCancel } from "./cancel-scheduled.ts";
import { showCalendar } from "./show-calendar.ts";

const NOW = new Date("2026-11-18T10:00:00Z");
const UPDATE = "2026-11-30T23:00:00.000Z";
const byHand = { sourceType: "USER_SET" } as const;

let database: FreshDatabase;
let app: TestApp;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
  app = await createTestApp(database.db, fixedClock(NOW));
});
afterAll(async () => {
  await app.app.close();
  await database.close();
});

const at = (context: Context, instant: string): Context => ({
  ...context,
  clock: fixedClock(new Date(instant)),
});

async function lower(context: Context, ids: string[]): Promise<string> {
  const change = { selection: { ids }, to: "non_marketing", includeProtected: false } as const;
  const { operationId } = await startStatus(context, { ...change, expect: ids.length });
  await runOperation(context, { operationId });
  return operationId;
}

/** Ten marketing contacts: four scheduled by an operation, one by hand. */
async function story(): Promise<{ context: Context; ids: string[]; operationId: string }> {
  const accountId = await buildAccount(database.db, { tier: 7000 });
  const context = buildContext(database.db, { accountId, clock: fixedClock(NOW) });
  const ids = await buildContacts(database.db, accountId, 10);
  await setMarketing(at(context, "2026-11-02T10:00:00Z"), { ids, ...byHand });
  const operationId = await lower(context, ids.slice(0, 4));
  await setNonMarketing(context, { ids: ids.slice(4, 5), ...byHand });
  return { context, ids, operationId };
}

test("the calendar says who leaves when, by what, and what is left", async () => {
  const { context, operationId } = await story();
  const { dates, marketing } = await showCalendar(context);
  expect(marketing).toBe(10);
  expect(dates).toHaveLength(12);
  expect(dates[0]).toMatchObject({
    instant: UPDATE,
    day: "2026-12-01",
    lastDay: "2026-11-30",
    isRenewal: true,
    leaving: 5,
    marketing: 5,
    lines: [
      { operationId, kind: "set_non_marketing", contacts: 4 },
      { operationId: null, contacts: 1 },
    ],
  });
  expect(dates[1]).toMatchObject({ leaving: 0, marketing: 5, lines: [] });
});

test("a part is cancelled as it was previewed, all of it verifies, and it can be undone", async () => {
  const { context, ids, operationId } = await story();
  const part = { instant: UPDATE, operationId, includeProtected: false };
  const preview = await previewCancel(context, part);
  expect(preview).toMatchObject({ total: 4, willChange: 4, now: 10, without: 5, with: 9 });
  await expect(startCancel(context, { ...part, expect: 3 })).rejects.toMatchObject({ code: "count_changed" });
  const started = await startCancel(context, { ...part, ids: ids.slice(0, 2), expect: 2 });
  await runOperation(context, started);
  expect((await showOperation(context, started)).outcomes).toEqual([
    { outcome: "unscheduled", reason: "", contacts: 2 },
  ]);
  expect(await showUsage(context, {})).toMatchObject({ marketing: 10, waiting: 3, atNextUpdate: 7 });
  const { contacts } = await listScheduled(context, { instant: UPDATE, operationId, limit: 10 });
  expect(contacts.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  const undo = await undoOperation(context, started);
  await runOperation(context, undo);
  expect(await showUsage(context, {})).toMatchObject({ waiting: 5 });
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("protected and pinned contacts stay scheduled unless they are included", async () => {
  const { context, ids } = await story();
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    values (${context.accountId}, ${ids[0]}, 'opt_out', now(), 'USER_SET', 'user', true)`.execute(
    database.db,
  );
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
    values (${context.accountId}, ${ids[1]}, 'never', now(), 'user')`.execute(database.db);
  const all = { instant: UPDATE, includeProtected: false };
  expect((await previewCancel(context, all)).groups).toEqual([
    { outcome: "skipped", reason: "pinned", contacts: 1 },
    { outcome: "skipped", reason: "protected", contacts: 1 },
    { outcome: "unscheduled", reason: "", contacts: 3 },
  ]);
  expect(await previewCancel(context, { ...all, includeProtected: true })).toMatchObject({ willChange: 4 });
});

test("what two people scheduled one at a time is shown and cancelled apart", async () => {
  const { context, ids } = await story();
  const other = buildContext(database.db, { accountId: context.accountId, clock: fixedClock(NOW) });
  const actor = { ...other.actor, type: "user" as const, id: "77" };
  await setNonMarketing({ ...other, actor }, { ids: ids.slice(5, 8), ...byHand });
  const { dates } = await showCalendar(context);
  const theirs = dates[0]?.lines.find((line) => line.actor.id === "77");
  expect(theirs).toMatchObject({ operationId: null, contacts: 3 });
  const part = { instant: UPDATE, operationId: "alone", actorType: "user", actorId: "77" } as const;
  expect((await listScheduled(context, { ...part, limit: 10 })).contacts.map(({ id }) => id)).toEqual(
    ids.slice(5, 8),
  );
  const asked = { ...part, includeProtected: false };
  expect(await previewCancel(context, asked)).toMatchObject({ total: 3, willChange: 3, without: 2, with: 5 });
  await runOperation(context, await startCancel(context, { ...asked, expect: 3 }));
  expect(await showUsage(context, {})).toMatchObject({ waiting: 5 });
});

test("an update that has come is not cancelled: nobody is raised by it", async () => {
  const { context, operationId } = await story();
  const part = { instant: UPDATE, operationId, includeProtected: false };
  const started = await startCancel(context, { ...part, expect: 4 });
  const late = at(context, "2026-12-01T10:00:00Z");
  await runOperation(late, started);
  expect((await showOperation(late, started)).outcomes).toMatchObject([{ outcome: "changed_since" }]);
  expect(await showUsage(late, {})).toMatchObject({ marketing: 5 });
  await expect(previewCancel(late, part)).rejects.toMatchObject({ reason: "calendar:update_has_come" });
});

test("savings count each update at which somebody stayed away, and no longer than they did", async () => {
  const { context, ids, operationId } = await story();
  await settleAccount(at(context, "2026-12-01T10:00:00Z"));
  await setMarketing(at(context, "2026-12-20T10:00:00Z"), { ids: ids.slice(0, 1), ...byHand });
  const february = at(context, "2027-02-10T10:00:00Z");
  const saved = await showSavings(february);
  expect(saved.periods.map(({ day, avoided, marketing }) => [day, avoided, marketing])).toEqual([
    ["2026-12-01", 4, 5],
    ["2027-01-01", 3, 6],
    ["2027-02-01", 3, 6],
  ]);
  expect(saved).toMatchObject({ contactsNow: 3, contactPeriods: 10, amount: 0, currency: "EUR" });
  expect(saved.operations).toMatchObject([{ operationId, left: 4, stillOut: 3, contactPeriods: 10 }]);
  expect((await showSavings(context)).operations).toEqual([]);
});

test("the secret address answers with the calendar, in the reader's language, until it is revoked", async () => {
  const { cookie, accountId } = await buildOwner(database.db, "Fjäll, Berg; Co");
  const ask = (method: string, url: string, headers = {}) => app.ask({ method, url, cookie, headers });
  expect((await ask("GET", "/api/calendar/feed")).body).toEqual({ since: null });
  const made = (await ask("POST", "/api/calendar/feed")).body as { path: string };
  const feed = await app.ask({ method: "GET", url: made.path });
  expect(feed).toMatchObject({ status: 200, headers: { "content-type": "text/calendar; charset=utf-8" } });
  const text = String(feed.body);
  expect(text.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")).toBe(true);
  expect(text).toContain("X-WR-CALNAME:Fjäll\\, Berg\\; Co");
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(24);
  expect(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  const again = await app.ask({
    method: "GET",
    url: made.path,
    headers: { "if-none-match": String(feed.headers["etag"]) },
  });
  expect(again.status).toBe(304);

  const renewed = (await ask("POST", "/api/calendar/feed")).body as { path: string };
  expect((await app.ask({ method: "GET", url: made.path })).status).toBe(404);
  const member = await buildMember(database.db, accountId, "viewer");
  expect((await app.ask({ method: "GET", url: "/api/calendar", cookie: member.cookie })).status).toBe(200);
  expect((await ask("DELETE", "/api/calendar/feed")).body).toEqual({ since: null });
  expect((await app.ask({ method: "GET", url: renewed.path })).status).toBe(404);
  expect((await app.ask({ method: "GET", url: "/calendar/nonsense" })).status).toBe(404);
});

test("the secret address of somebody who may not see contacts any more is silent, and a name stays one line", async () => {
  const { accountId, cookie } = await buildOwner(database.db, "One\rX-EVIL:1");
  const path = async (cookie: string) =>
    ((await app.ask({ method: "POST", url: "/api/calendar/feed", cookie })).body as { path: string }).path;
  const feed = await app.ask({ method: "GET", url: await path(cookie) });
  expect(String(feed.body)).toContain("X-WR-CALNAME:One\\nX-EVIL:1");
  const member = await buildMember(database.db, accountId, ["contacts.view"]);
  const url = await path(member.cookie);
  expect((await app.ask({ method: "GET", url })).status).toBe(200);
  await sql`update role set permissions = '{}' where account_id = ${accountId} and name is not null`.execute(
    database.db,
  );
  expect((await app.ask({ method: "GET", url })).status).toBe(404);
});

test("cancelling needs Marketing contacts access", async () => {
  const { accountId } = await buildOwner(database.db);
  const { cookie } = await buildMember(database.db, accountId, "viewer");
  const body = { instant: UPDATE, expect: 0 };
  const refused = await app.ask({ method: "POST", url: "/api/calendar/cancel", cookie, body });
  expect(refused.status).toBe(403);
});
