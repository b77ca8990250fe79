import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import { eraseContact } from "#server/contacts/deletion/erase-contact.ts";
import { startStatus } from "#server/marketing-status/bulk/start-status.ts";
import { removeStatus } from "#server/marketing-status/status/remove-status.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { settleAccount } from "#server/marketing-status/status/settle-due-changes.ts";
import { rollUpAccount } from "#server/marketing-status/usage/roll-up-usage.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { listScheduled } from "../calendar/cancel-scheduled.ts";
import { showStatement } from "../statement/show-statement.ts";
import { showForecast } from "./show-forecast.ts";
import { showMoment } from "./show-moment.ts";
import { listChangeContacts, showUsageChanges } from "./show-usage-changes.ts";
import { showUsageHistory } from "./show-usage-history.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const PEOPLE = 12;
const HOUR = 3_600_000;
const START = new Date("2026-09-20T10:00:00Z");
const calendar = { term: "monthly", anchor: "2026-01-01", timeZone: "Europe/Stockholm" } as const;
const at = (context: Context, instant: Date): Context => ({ ...context, clock: fixedClock(instant) });

const who = fc.uniqueArray(fc.nat(PEOPLE - 1), { minLength: 1, maxLength: 6 });
const step = fc.record({
  do: fc.constantFrom("raise", "raise", "lower", "lower", "delete", "settle", "roll up"),
  who,
  hours: fc.integer({ min: 0, max: 400 }),
  operation: fc.option(fc.constantFrom("1", "2", "3"), { nil: null }),
  source: fc.constantFrom("USER_SET", "FORM_SUBMISSION", "INTEGRATOR_SET"),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Seen {
  readonly moment: Date;
  readonly marketing: number;
}

async function take(context: Context, ids: readonly string[], { do: what, who, operation, source }: Step) {
  const chosen = who.map((index) => ids[index] as string);
  const change = { ids: chosen, operationId: operation, sourceType: source, sourceId: "7" } as const;
  if (what === "raise") await setMarketing(context, change);
  if (what === "lower") await setNonMarketing(context, change);
  if (what === "delete") await removeStatus(context, { ...change, kind: "deleted" });
  if (what === "settle") await settleAccount(context);
  if (what === "roll up") await rollUpAccount(context);
}

/** Lives through the steps; what usage was after each of them, by counting the rows themselves. */
async function live(steps: readonly Step[]): Promise<{ context: Context; seen: Seen[] }> {
  const accountId = await buildAccount(database.db, { tier: 1000 });
  const context = buildContext(database.db, { accountId });
  const ids = await buildContacts(database.db, accountId, PEOPLE);
  const seen: Seen[] = [];
  let now = START;
  for (const each of steps) {
    now = new Date(now.getTime() + each.hours * HOUR + 61_000);
    await take(at(context, now), ids, each);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from marketing_contact
      where account_id = ${accountId} and until > ${now}::timestamptz`.execute(database.db);
    seen.push({ moment: now, marketing: rows[0]?.n ?? 0 });
  }
  return { context: at(context, new Date(now.getTime() + 60_000)), seen };
}

test("a day rolled up before its update was settled is made anew when a raise settles it", async () => {
  const step = { who: [0], hours: 0, operation: null, source: "USER_SET" } as const;
  const { context, seen } = await live([
    { ...step, who: [0], do: "raise" },
    { ...step, who: [0], do: "lower" },
    { ...step, who: [0], do: "roll up", hours: 277 },
    { ...step, who: [0], do: "raise" },
  ]);
  for (const { moment, marketing } of seen) await expectMoment(context, moment, marketing);
  expect((await verifyAccount(context)).differences).toEqual([]);
});

test("any history: the meter equals what was counted then, lines and statements add up, and all of it verifies", async () => {
  const runs = Number(process.env["FC_RUNS"] ?? 12);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const { context, seen } = await live(steps);
      for (const { moment, marketing } of seen) await expectMoment(context, moment, marketing);
      await expectChanges(context, seen);
      await expectStatements(context);
      expect((await verifyAccount(context)).differences).toEqual([]);
    }),
    { numRuns: runs },
  );
}, 120_000);

async function expectMoment(context: Context, moment: Date, marketing: number): Promise<void> {
  const shown = await showMoment(context, { at: moment.toISOString() });
  expect(shown.marketing).toBe(marketing);
  const moved = shown.lines.reduce((sum, { raised, lowered }) => sum + raised - lowered, 0);
  expect(shown.marketing + moved).toBe(shown.now);
  const later = at(context, new Date("2028-01-01"));
  for (const line of shown.lines) expect(await behind(later, shown.span, line)).toEqual(movedBy(line));
}

interface Moved {
  readonly raised: number;
  readonly lowered: number;
}

const movedBy = ({ raised, lowered }: Moved): Moved => ({ raised, lowered });

type Line = Awaited<ReturnType<typeof showMoment>>["lines"][number];

/** What the contacts behind a line add up to. */
async function behind(
  context: Context,
  span: { from: string; to: string } | null,
  { type, at, operationId, sourceType, sourceId }: Line,
): Promise<Moved> {
  const known = Object.entries({ at, operationId, sourceType, sourceId }).filter(
    ([, value]) => value !== null,
  );
  const { contacts } = await listChangeContacts(context, {
    ...(span as { from: string; to: string }),
    type,
    ...Object.fromEntries(known),
    limit: 200,
  });
  const sum = (what: keyof Moved) => contacts.reduce((total, contact) => total + contact[what], 0);
  return { raised: sum("raised"), lowered: sum("lowered") };
}

async function expectChanges(context: Context, seen: readonly Seen[]): Promise<void> {
  const [first, last] = [seen[0] as Seen, seen.at(-1) as Seen];
  const from = new Date(first.moment.getTime() + 1).toISOString();
  const changes = await showUsageChanges(context, { from, to: last.moment.toISOString() });
  expect(changes).toMatchObject({ opening: first.marketing, closing: last.marketing });
  expect(changes.opening + changes.raised - changes.lowered).toBe(changes.closing);
  for (const line of changes.lines) {
    const { contacts } = await listChangeContacts(at(context, new Date("2028-01-01")), {
      from,
      to: changes.to,
      type: line.type,
      ...(line.at ? { at: line.at } : {}),
      ...(line.operationId ? { operationId: line.operationId } : {}),
      ...(line.sourceType ? { sourceType: line.sourceType } : {}),
      ...(line.sourceId ? { sourceId: line.sourceId } : {}),
      limit: 200,
    });
    expect(contacts.reduce((sum, { lowered }) => sum + lowered, 0)).toBe(line.lowered);
    expect(contacts.reduce((sum, { raised }) => sum + raised, 0)).toBe(line.raised);
    expect(contacts.reduce((sum, { scheduled }) => sum + scheduled, 0)).toBe(line.scheduled);
  }
}

async function expectStatements(context: Context): Promise<void> {
  const { months, periods } = await showStatement(context, {});
  let closing: number | null = null;
  for (const month of months.toReversed()) {
    const { total } = await showStatement(context, { month, by: "lifecyclestage" });
    expect(total.opening + total.raised - total.lowered).toBe(total.closing);
    expect(total.opening).toBe(closing ?? total.opening);
    closing = total.closing;
  }
  expect(closing).toBe((await showUsage(context, {})).marketing);
  expect(periods.length).toBeGreaterThan(0);
}

const november = new Date("2026-11-18T10:00:00Z");
const byHand = { sourceType: "USER_SET" } as const;

async function story(): Promise<{ context: Context; ids: string[] }> {
  const accountId = await buildAccount(database.db, { tier: 7000 });
  const context = buildContext(database.db, { accountId });
  const ids = await buildContacts(database.db, accountId, 40);
  await setMarketing(at(context, new Date("2026-10-05T10:00:00Z")), { ids: ids.slice(0, 30), ...byHand });
  await setNonMarketing(at(context, new Date("2026-10-20T10:00:00Z")), { ids: ids.slice(0, 4), ...byHand });
  await settleAccount(at(context, new Date("2026-11-01T10:00:00Z")));
  await setMarketing(at(context, new Date("2026-11-03T10:00:00Z")), { ids: ids.slice(30, 35), ...byHand });
  await setNonMarketing(at(context, new Date("2026-11-10T10:00:00Z")), { ids: ids.slice(5, 12), ...byHand });
  await rollUpAccount(at(context, november));
  return { context: at(context, november), ids };
}

test("this period: it begins with the count before the update, and the lines lead to the one of now", async () => {
  const { context } = await story();
  expect(await showUsageChanges(context, {})).toMatchObject({
    from: "2026-10-31T23:00:00.000Z",
    opening: 30,
    raised: 5,
    lowered: 4,
    closing: 31,
    scheduled: 7,
    lines: [
      { type: "update", at: "2026-10-31T23:00:00.000Z", lowered: 4, scheduled: 0 },
      { type: "hand", raised: 5, lowered: 0, scheduled: 7 },
    ],
  });
});

test("an operation's line says when it was started, since several may read the same", async () => {
  const { context, ids } = await story();
  registerKinds();
  const change = { to: "non_marketing", includeProtected: false, expect: 2 } as const;
  const started = await startStatus(context, { ...change, selection: { ids: ids.slice(12, 14) } });
  await runOperation(context, started);
  const { lines } = await showUsageChanges(context, {});
  expect(lines.find(({ operationId }) => operationId === started.operationId)).toMatchObject({
    scheduled: 2,
    startedAt: november.toISOString(),
  });
});

test("a moment ahead counts who stays, and says who has left by then", async () => {
  const { context } = await story();
  expect(await showMoment(context, { at: "2026-12-24T12:00:00Z" })).toMatchObject({
    isFuture: true,
    marketing: 24,
    now: 31,
    total: null,
    span: null,
    lines: [{ type: "hand", at: "2026-11-30T23:00:00.000Z", lowered: 7 }],
  });
  const scheduled = { instant: "2026-11-30T23:00:00.000Z", operationId: "alone" } as const;
  expect((await listScheduled(context, { ...scheduled, limit: 100 })).contacts).toHaveLength(7);
});

test("who is erased still counts in the past, and the total of then says that it is not complete", async () => {
  const { context, ids } = await story();
  await eraseContact(context, { contactId: ids[20] as string });
  const then = await showMoment(context, { at: "2026-10-10T12:00:00Z" });
  expect(then.marketing).toBe(30);
  expect(then.total?.isComplete).toBe(false);
  expect((await showMoment(context, { at: november.toISOString() })).now).toBe(30);
});

test("history has each day up to now, tiers and what is big", async () => {
  const { context } = await story();
  const shown = await showUsageHistory(context, { from: "2026-10-01" });
  expect(shown.points[0]).toEqual({ day: "2026-10-05", marketing: 30, waiting: 0 });
  expect(shown.points.at(-1)).toEqual({ day: "2026-11-18", marketing: 31, waiting: 7 });
  expect(shown.points).toHaveLength(45);
  expect(shown.tiers).toEqual([{ at: "2026-09-30T22:00:00.000Z", contactLimit: 7000 }]);
  await expect(showUsageHistory(context, { from: "2026-11-01", to: "2026-10-01" })).rejects.toMatchObject({
    reason: "usage:span_backwards",
  });
});

test("the forecast is certain about who waits, and sets an estimate apart once there is history for it", async () => {
  const { context } = await story();
  const shown = await showForecast(context);
  expect(shown.certain).toHaveLength(12);
  expect(shown.certain[0]).toEqual({ instant: "2026-11-30T23:00:00.000Z", day: "2026-12-01", marketing: 24 });
  expect(shown.certain.at(-1)?.instant).toBe(
    nextUpdateInstant(calendar, new Date("2027-10-20T00:00:00Z")).toISOString(),
  );
  expect(shown.estimate?.points[0]).toMatchObject({ low: 31, likely: 31, high: 31 });
  expect(shown.estimate?.points.length).toBe(13);
  const weeks = (Date.parse(shown.certain[0]?.instant ?? "") - november.getTime()) / (7 * 24 * HOUR);
  const grown = Math.round(24 + (shown.estimate?.perWeek ?? 0) * weeks);
  expect(shown.estimate?.points[1]).toMatchObject({ instant: shown.certain[0]?.instant, likely: grown });
  expect(shown.fit).toMatchObject({ tier: 2000, toLower: 0, day: "2026-12-01", lastDay: "2026-11-30" });
  const fresh = buildContext(database.db, { accountId: await buildAccount(database.db) });
  expect(await showForecast(fresh)).toMatchObject({ estimate: null, historyDays: 0 });
});

test("a moment too far away is refused", async () => {
  const { context } = await story();
  await expect(showMoment(context, { at: "2060-01-01T00:00:00Z" })).rejects.toMatchObject({
    reason: "usage:too_far",
  });
});
