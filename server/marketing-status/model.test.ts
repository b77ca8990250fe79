import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nextUpdateInstant, previousUpdateInstant } from "#server/billing/update-instant.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { mergeStatus } from "./status/merge-status.ts";
import { removeStatus } from "./status/remove-status.ts";
import { rescheduleWaiting } from "./status/reschedule-waiting.ts";
import { restoreStatus } from "./status/restore-status.ts";
import { setMarketing } from "./status/set-marketing.ts";
import { setNonMarketing } from "./status/set-non-marketing.ts";
import { settleDueChanges } from "./status/settle-due-changes.ts";
import { undoStatus } from "./status/undo-status.ts";
import { selectUsage } from "./usage/queries.ts";
import { verifyAccount } from "./verify/verify-account.ts";

// The engine against a model small enough to be read: one `until` a contact, and the rules as ifs.

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const CONTACTS = 6;
const HOUR = 3_600_000;
const source = { sourceType: "USER_SET" } as const;

interface Person {
  /** Infinity, milliseconds, or null without a status; times that have passed count as null. */
  until: number | null;
  kept: number | null;
  gone: boolean;
  merged: boolean;
  isProtected: boolean;
  pin: "always" | "never" | null;
  last: { operation: string; kind: "raised" | "unscheduled" | "lowered" | "other"; at: number };
}

interface World {
  context: Context;
  people: Person[];
  ids: string[];
  now: number;
  anchor: string;
  operations: number;
  /** The latest operation that raised or lowered: what an undo takes back. */
  lastOperation: string;
}

type Step =
  | { do: "raise" | "lower"; who: number[]; includeProtected: boolean }
  | { do: "delete" | "restore" | "protect" | "unprotect"; who: number[] }
  | { do: "pin"; who: number[]; pin: "always" | "never" | null }
  | { do: "merge"; who: number[] }
  | { do: "undo" }
  | { do: "wait"; hours: number }
  | { do: "settle" }
  | { do: "calendar"; day: number };

const who = fc.uniqueArray(fc.nat(CONTACTS - 1), { minLength: 1, maxLength: CONTACTS });
const pair = fc.uniqueArray(fc.nat(CONTACTS - 1), { minLength: 2, maxLength: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("raise" as const), who, includeProtected: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("lower" as const), who, includeProtected: fc.constant(true) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("delete", "restore", "protect", "unprotect"), who }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("pin" as const),
      who,
      pin: fc.constantFrom("always", "never", null),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("merge" as const), who: pair }) },
  { weight: 3, arbitrary: fc.constant({ do: "undo" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      hours: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 900 })),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: "settle" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("calendar" as const), day: fc.integer({ min: 1, max: 31 }) }),
  },
) as fc.Arbitrary<Step>;

/** Most rules are about contacts that count, so every run begins with them. */
const everybody: Step = { do: "raise", who: [...Array(CONTACTS - 1).keys()], includeProtected: true };

const calendar = (world: World) =>
  ({ term: "monthly", anchor: world.anchor, timeZone: "Europe/Warsaw" }) as const;
const next = (world: World) => nextUpdateInstant(calendar(world), new Date(world.now)).getTime();
const start = (world: World) => previousUpdateInstant(calendar(world), new Date(world.now)).getTime();
const current = (person: Person, now: number) =>
  person.until !== null && person.until > now ? person.until : null;
const contextAt = (world: World): Context => ({ ...world.context, clock: fixedClock(new Date(world.now)) });

/** The rules, once more and as simply as they can be said. */
function modelStep(world: World, action: Step, operation: string): void {
  const chosen = "who" in action ? action.who.map((index) => world.people[index] as Person) : world.people;
  if (action.do === "wait") world.now += action.hours * HOUR;
  if (action.do === "calendar") changeCalendar(world, action.day);
  if (action.do === "merge") mergePeople(world, action.who);
  for (const person of chosen) modelPerson(world, { person, action, operation });
}

function modelPerson(
  world: World,
  { person, action, operation }: { person: Person; action: Step; operation: string },
) {
  const until = current(person, world.now);
  if (action.do === "restore" && person.gone && !person.merged) return restorePerson(world, person);
  if (person.gone) return;
  if (action.do === "delete")
    Object.assign(person, { kept: until, until: null, gone: true, last: other(world) });
  if (action.do === "protect") person.isProtected = true;
  if (action.do === "unprotect") person.isProtected = false;
  if (action.do === "pin") person.pin = action.pin;
  if (action.do === "raise")
    raisePerson(world, person, { operation, includeProtected: action.includeProtected });
  if (action.do === "lower" && until === Infinity && person.pin !== "always") {
    Object.assign(person, { until: next(world), last: { operation, kind: "lowered", at: world.now } });
  }
  if (action.do === "undo") undoPerson(world, person, world.lastOperation);
}

const other = (world: World): Person["last"] => ({ operation: "", kind: "other", at: world.now });

function raisePerson(
  world: World,
  person: Person,
  raise: { operation: string; includeProtected: boolean },
): void {
  const until = current(person, world.now);
  if (until === Infinity || person.pin === "never" || (person.isProtected && !raise.includeProtected)) return;
  const kind = until === null ? "raised" : "unscheduled";
  Object.assign(person, { until: Infinity, last: { operation: raise.operation, kind, at: world.now } });
}

function restorePerson(world: World, person: Person): void {
  person.gone = false;
  person.until = person.kept !== null && person.kept > world.now ? person.kept : null;
  if (person.until !== null) person.last = other(world);
  if (person.isProtected) lowerByProtection(world, person);
  person.kept = null;
}

function lowerByProtection(world: World, person: Person): void {
  if (person.until === Infinity && person.pin !== "always")
    Object.assign(person, { until: next(world), last: other(world) });
}

function mergePeople(world: World, [first, second]: number[]): void {
  const survivor = world.people[first as number];
  const loser = second === undefined ? undefined : world.people[second];
  if (!survivor || !loser || survivor.gone || loser.gone) return;
  const sides = [current(survivor, world.now), current(loser, world.now)];
  const later = sides.every((side) => side === null)
    ? null
    : Math.max(...sides.map((side) => side ?? -Infinity));
  if (later !== sides[0]) survivor.last = other(world);
  Object.assign(survivor, { until: later });
  Object.assign(loser, { until: null, gone: true, merged: true });
  if (survivor.isProtected) lowerByProtection(world, survivor);
}

function undoPerson(world: World, person: Person, operation: string): void {
  if (person.last.operation !== operation) return;
  const until = current(person, world.now);
  const done = (value: number | null) => Object.assign(person, { until: value, last: other(world) });
  if (person.last.kind === "lowered" && until !== null) return void done(Infinity);
  if (person.last.kind === "lowered" && person.pin !== "never" && !person.isProtected)
    return void done(Infinity);
  if (until !== Infinity || person.pin === "always" || person.last.kind === "lowered") return;
  const fresh = world.now - person.last.at < 24 * HOUR && person.last.at >= start(world);
  done(person.last.kind === "raised" && fresh ? null : next(world));
}

function changeCalendar(world: World, day: number): void {
  world.anchor = `2026-01-${String(day).padStart(2, "0")}`;
  for (const person of world.people) {
    const until = current(person, world.now);
    if (!person.gone && until !== null && until !== Infinity && until > next(world)) {
      Object.assign(person, { until: next(world), last: { ...person.last, operation: "" } });
    }
  }
}

/** The same step through the engine. */
async function engineStep(world: World, action: Step, operationId: string): Promise<void> {
  const context = contextAt(world);
  const ids = "who" in action ? action.who.map((index) => world.ids[index] as string) : world.ids;
  const change = { ...source, ids, operationId };
  if (action.do === "raise")
    await setMarketing(context, { ...change, includeProtected: action.includeProtected });
  if (action.do === "lower") await setNonMarketing(context, change);
  if (action.do === "settle") await settleDueChanges(context);
  if (action.do === "undo")
    await undoStatus(context, { ...source, ids, entry: { operationId: world.lastOperation || "0" } });
  if (action.do === "calendar") await rescheduleEngine(context, world);
  if (action.do === "merge") await mergeEngine(context, world, action.who);
  if (action.do === "delete") await deleteEngine(context, world, action.who);
  if (action.do === "restore") await restoreEngine(context, world, action.who);
  if (["protect", "unprotect", "pin"].includes(action.do)) await mark(context, ids, action);
}

async function rescheduleEngine(context: Context, world: World): Promise<void> {
  await sql`update billing_account set renewal_on = ${world.anchor}::date where account_id = ${context.accountId}`.execute(
    context.db,
  );
  await rescheduleWaiting(context, { ...source, ids: world.ids });
}

async function mergeEngine(context: Context, world: World, [first, second]: number[]): Promise<void> {
  const ids = [first, second].map((index) => world.ids[index as number]);
  const { rows } =
    await sql`select from contact where account_id = ${context.accountId} and deleted_at is null
    and id = any(${ids}::bigint[])`.execute(context.db);
  if (second === undefined || rows.length < 2) return;
  await mergeStatus(context, { survivorId: ids[0] as string, loserId: ids[1] as string, ...source });
  await sql`delete from contact where account_id = ${context.accountId} and id = ${ids[1]}`.execute(
    context.db,
  );
}

async function deleteEngine(context: Context, world: World, chosen: number[]): Promise<void> {
  const ids = chosen.map((index) => world.ids[index] as string);
  await context.db.transaction().execute(async (db) => {
    const within = { ...context, db };
    const living = await sql<{ id: string }>`insert into deleted_contact
        (account_id, contact_id, deleted_at, emails, kept_until, kept_source_type)
      select c.account_id, c.id, now(), '[]', m.until, m.source_type from contact c
      left join marketing_contact m on m.account_id = c.account_id and m.contact_id = c.id
      where c.account_id = ${context.accountId} and c.id = any(${ids}::bigint[]) and c.deleted_at is null
      returning contact_id as id`.execute(db);
    const gone = living.rows.map(({ id }) => id);
    if (gone.length > 0) await removeStatus(within, { ...source, ids: gone, kind: "deleted" });
    await sql`update contact set deleted_at = now() where account_id = ${context.accountId}
      and id = any(${gone}::bigint[])`.execute(db);
  });
}

async function restoreEngine(context: Context, world: World, chosen: number[]): Promise<void> {
  const ids = chosen.map((index) => world.ids[index] as string);
  await context.db.transaction().execute(async (db) => {
    const back = await sql<{
      id: string;
    }>`update contact set deleted_at = null where account_id = ${context.accountId}
      and id = any(${ids}::bigint[]) and deleted_at is not null returning id`.execute(db);
    const restored = back.rows.map(({ id }) => id);
    if (restored.length > 0) await restoreStatus({ ...context, db }, { ...source, ids: restored });
    await sql`delete from deleted_contact where account_id = ${context.accountId}
      and contact_id = any(${restored}::bigint[])`.execute(db);
  });
}

async function mark({ db, accountId }: Context, ids: string[], action: Step): Promise<void> {
  const living = sql`select id from contact where account_id = ${accountId} and id = any(${ids}::bigint[])
    and deleted_at is null`;
  const facts = sql`subscription_fact where account_id = ${accountId} and contact_id in (${living})`;
  if (action.do === "protect" || action.do === "unprotect") await sql`delete from ${facts}`.execute(db);
  if (action.do === "protect") {
    await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
      select ${accountId}, id, 'opt_out', now(), 'USER_SET', 'user', true from (${living}) c`.execute(db);
  }
  if (action.do !== "pin") return;
  await sql`delete from marketing_pin where account_id = ${accountId} and contact_id in (${living})`.execute(
    db,
  );
  if (action.pin === null) return;
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
    select ${accountId}, id, ${action.pin}, now(), 'user' from (${living}) c`.execute(db);
}

async function untils(context: Context, ids: string[]): Promise<(number | null)[]> {
  const { rows } = await sql<{ id: string; until: number }>`select contact_id as id,
    case when until = 'infinity' then 'infinity'::float8 else extract(epoch from until)::float8 * 1000 end as until
    from marketing_contact where account_id = ${context.accountId} and until > ${context.clock.sql}`.execute(
    context.db,
  );
  const found = new Map(rows.map(({ id, until }) => [id, until]));
  return ids.map((id) => found.get(id) ?? null);
}

test("the engine does what the model says, and the bill equals a recount after every step", async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
    const accountId = await buildAccount(database.db, { timeZone: "Europe/Warsaw", renewalOn: "2026-01-31" });
    const ids = await buildContacts(database.db, accountId, CONTACTS);
    const now = Date.parse("2026-10-20T09:30:00Z");
    const blank = { until: null, kept: null, gone: false, merged: false, isProtected: false, pin: null };
    const people = ids.map((): Person => ({ ...blank, last: { operation: "", kind: "other", at: 0 } }));
    const world: World = {
      context: buildContext(database.db, { accountId }),
      people,
      ids,
      now,
      anchor: "2026-01-31",
      operations: 1,
      lastOperation: "",
    };
    for (const action of [everybody, ...steps]) {
      const operation = String(world.operations);
      modelStep(world, action, operation);
      await engineStep(world, action, operation);
      if (action.do === "raise" || action.do === "lower") world.lastOperation = operation;
      world.operations++;
      const context = contextAt(world);
      expect(await untils(context, ids)).toEqual(people.map((person) => current(person, world.now)));
      const living = people.filter((person) => current(person, world.now) !== null).length;
      expect((await selectUsage(context, new Date(world.now))).marketing).toBe(living);
      expect((await verifyAccount(context)).differences).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: Number(process.env["MODEL_RUNS"] ?? 40) });
}, 300_000);
