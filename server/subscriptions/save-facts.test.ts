import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { liftFacts } from "./lift-facts.ts";
import { mergeFacts } from "./merge-facts.ts";
import { optOutMany } from "./opt-out-many.ts";
import type { NewFact } from "./protection.ts";
import { type SavedFacts, saveFacts } from "./save-facts.ts";

let database: FreshDatabase;
let context: Context;
let other: Context;

beforeAll(async () => {
  database = await freshDatabase();
  const clock = fixedClock(new Date("2026-11-21T12:00:00Z"));
  const [accountId, otherId] = [await account("Acme"), await account("Other")];
  context = buildContext(database.db, { accountId, clock });
  other = { ...context, accountId: otherId };
});
afterAll(() => database.close());

async function account(name: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into account (name, time_zone, language, created_at)
    values (${name}, 'Europe/Stockholm', 'sv', now()) returning id`.execute(database.db);
  return rows[0]?.id ?? "";
}

async function contact({ deleted = false, of = context } = {}): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`insert into contact (account_id, createdate, lastmodifieddate, deleted_at)
    values (${of.accountId}, now(), now(), ${deleted ? new Date() : null}) returning id`.execute(database.db);
  return rows[0]?.id ?? "";
}

const say = (...facts: NewFact[]): Promise<SavedFacts> =>
  saveFacts(context, { facts, sourceType: "USER_SET" });

async function factsOf(contactId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select kind, reason, at, days, protects from subscription_fact
    where account_id = ${context.accountId} and contact_id = ${contactId} order by kind`.execute(database.db);
  return rows;
}

const yes = (id: string): SavedFacts => ({ changed: [id], becameProtected: [id] });
const noted = (id: string): SavedFacts => ({ changed: [id], becameProtected: [] });
const nothing: SavedFacts = { changed: [], becameProtected: [] };

describe("an opt-out, a complaint", () => {
  test.for(["opt_out", "complaint"] as const)("%s protects at once, and is said once", async (kind) => {
    const contactId = await contact();
    expect(await say({ contactId, kind, reason: "by_hand" })).toEqual(yes(contactId));
    expect(await say({ contactId, kind, reason: "import" })).toEqual(nothing);
    expect(await factsOf(contactId)).toMatchObject([{ kind, reason: "by_hand", protects: true }]);
  });

  test("the second reason makes nobody protected who was so already", async () => {
    const contactId = await contact();
    await say({ contactId, kind: "opt_out" });
    expect(await say({ contactId, kind: "complaint" })).toEqual(noted(contactId));
  });

  test("keeps when it happened", async () => {
    const [contactId, at] = [await contact(), new Date("2024-05-06T07:08:09Z")];
    await say({ contactId, kind: "opt_out", at });
    expect(await factsOf(contactId)).toMatchObject([{ at }]);
  });
});

const bounced = (contactId: string, at: string, reason = "mailbox_full"): NewFact => ({
  contactId,
  kind: "bounce",
  reason,
  at: new Date(at),
});

describe("a hard bounce", () => {
  test("protects at once when there is no such user, however that is spelled", async () => {
    const contactId = await contact();
    expect(await say({ contactId, kind: "bounce", reason: "UNKNOWN_USER" })).toEqual(yes(contactId));
    expect(await factsOf(contactId)).toMatchObject([{ reason: "unknown_user", protects: true }]);
  });

  test("of another reason protects from its second day on", async () => {
    const contactId = await contact();
    expect(await say(bounced(contactId, "2026-11-01T08:00:00Z"))).toEqual(noted(contactId));
    expect(await say(bounced(contactId, "2026-11-01T20:00:00Z"))).toEqual(nothing);
    expect(await say(bounced(contactId, "2026-11-02T08:00:00Z"))).toEqual(yes(contactId));
    expect(await factsOf(contactId)).toMatchObject([{ days: 2, protects: true }]);
  });

  test("counts days of the account's zone", async () => {
    const contactId = await contact();
    await say(bounced(contactId, "2026-11-01T22:59:00Z"));
    expect(await say(bounced(contactId, "2026-11-01T23:01:00Z"))).toEqual(yes(contactId));
  });
});

describe("bounces in a batch", () => {
  test("count days, too, and the worst reason", async () => {
    const [twoDays, worse] = [await contact(), await contact()];
    const saved = await say(
      bounced(twoDays, "2026-11-01T08:00:00Z"),
      bounced(twoDays, "2026-11-03T08:00:00Z"),
      bounced(worse, "2026-11-01T08:00:00Z", "unknown_user"),
      bounced(worse, "2026-11-01T09:00:00Z"),
    );
    expect(saved.becameProtected).toEqual([twoDays, worse]);
    expect(await factsOf(worse)).toMatchObject([{ reason: "unknown_user", days: 1 }]);
  });

  test("on a known day is news when there turns out to be no such user", async () => {
    const contactId = await contact();
    await say(bounced(contactId, "2026-11-01T08:00:00Z"));
    expect(await say(bounced(contactId, "2026-11-01T09:00:00Z", "unknown_user"))).toEqual(yes(contactId));
  });

  test("without a known reason has the reason other", async () => {
    const contactId = await contact();
    await say({ contactId, kind: "bounce", reason: "gremlins" });
    expect(await factsOf(contactId)).toMatchObject([{ reason: "other", protects: false }]);
  });
});

describe("who is meant", () => {
  test("deleted contacts, foreign ones and nobody at all are passed over", async () => {
    const [deleted, foreign] = [await contact({ deleted: true }), await contact({ of: other })];
    const facts = [deleted, foreign, "999999999"].map((contactId) => ({
      contactId,
      kind: "opt_out" as const,
    }));
    expect(await saveFacts(context, { facts, sourceType: "USER_SET" })).toEqual(nothing);
    expect(await saveFacts(context, { facts: [], sourceType: "USER_SET" })).toEqual(nothing);
  });

  test("many at once say for each what became of it", async () => {
    const [fresh, known, deleted] = [await contact(), await contact(), await contact({ deleted: true })];
    await say({ contactId: known, kind: "opt_out" });
    const done = await optOutMany(context, {
      ids: [fresh, known, deleted],
      sourceType: "USER_SET",
      operationId: "7",
    });
    expect(done).toEqual({
      outcomes: [
        { outcome: "opted_out", contactIds: [fresh] },
        { outcome: "already_opted_out", contactIds: [known] },
        { outcome: "missing", contactIds: [deleted] },
      ],
      becameProtected: [fresh],
    });
  });

  test("one event names who changed", async () => {
    const contactId = await contact();
    await say({ contactId, kind: "opt_out" });
    const { rows } = await sql<{ type: string; details: unknown }>`select type, details from event
      where account_id = ${context.accountId} order by id desc limit 1`.execute(database.db);
    expect(rows).toEqual([
      { type: "subscription.recorded", details: { contactIds: [contactId], kinds: ["opt_out"] } },
    ]);
  });
});

describe("lifting", () => {
  test("ends the protection when nothing else protects", async () => {
    const contactId = await contact();
    await say({ contactId, kind: "opt_out" }, { contactId, kind: "complaint" });
    const first = await liftFacts(context, { ids: [contactId], kinds: ["opt_out"] });
    expect(first).toEqual({ lifted: [contactId], ceasedProtected: [] });
    const second = await liftFacts(context, { ids: [contactId], kinds: ["complaint"] });
    expect(second).toEqual({ lifted: [contactId], ceasedProtected: [contactId] });
    expect(await liftFacts(context, { ids: [contactId], kinds: ["complaint"] })).toEqual({
      lifted: [],
      ceasedProtected: [],
    });
  });

  test("several at once ends it, too", async () => {
    const contactId = await contact();
    await say({ contactId, kind: "opt_out" }, { contactId, kind: "complaint" });
    const lifted = await liftFacts(context, { ids: [contactId], kinds: ["opt_out", "complaint"] });
    expect(lifted).toEqual({ lifted: [contactId], ceasedProtected: [contactId] });
  });

  test("an undo lifts only what its operation recorded", async () => {
    const [mine, theirs] = [await contact(), await contact()];
    await say({ contactId: theirs, kind: "opt_out" });
    await optOutMany(context, { ids: [mine, theirs], sourceType: "USER_SET", operationId: "41" });
    const undone = await liftFacts(context, { ids: [mine, theirs], kinds: ["opt_out"], recordedBy: "41" });
    expect(undone.lifted).toEqual([mine]);
  });

  test("does not reach into another account", async () => {
    const contactId = await contact();
    await say({ contactId, kind: "opt_out" });
    expect((await liftFacts(other, { ids: [contactId], kinds: ["opt_out"] })).lifted).toEqual([]);
  });
});

describe("a merge", () => {
  test("gives the survivor what was said about either side", async () => {
    const [survivorId, loserId] = [await contact(), await contact()];
    await say({
      contactId: survivorId,
      kind: "bounce",
      reason: "timeout",
      at: new Date("2026-11-01T08:00:00Z"),
    });
    await say({
      contactId: loserId,
      kind: "bounce",
      reason: "timeout",
      at: new Date("2026-11-05T08:00:00Z"),
    });
    await say({ contactId: loserId, kind: "opt_out", reason: "by_hand" });
    await mergeFacts(context, { survivorId, loserId });
    expect(await factsOf(loserId)).toEqual([]);
    expect(await factsOf(survivorId)).toMatchObject([
      { kind: "bounce", days: 2, protects: true },
      { kind: "opt_out", reason: "by_hand", protects: true },
    ]);
  });

  test("of two that bounced on one day protects neither", async () => {
    const [survivorId, loserId] = [await contact(), await contact()];
    for (const contactId of [survivorId, loserId])
      await say({ contactId, kind: "bounce", reason: "timeout" });
    await mergeFacts(context, { survivorId, loserId });
    expect(await factsOf(survivorId)).toMatchObject([{ days: 1, protects: false }]);
  });
});
