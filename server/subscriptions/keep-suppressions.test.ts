import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { forgetFacts } from "./forget-facts.ts";
import { keepSuppressions } from "./keep-suppressions.ts";
import { liftFacts } from "./lift-facts.ts";
import { protectAllSuppressed, protectSuppressed } from "./protect-suppressed.ts";
import type { NewFact } from "./protection.ts";
import { saveFacts } from "./save-facts.ts";

let database: FreshDatabase;
let context: Context;
const source = { sourceType: "USER_SET" };

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  context = buildContext(database.db, { accountId: await account() });
});

let accounts = 0;
async function account(): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into account (name, time_zone, language, created_at)
    values (${`Account ${++accounts}`}, 'Europe/Warsaw', 'pl', now()) returning id`.execute(database.db);
  return rows[0]?.id ?? "";
}

async function contact(email: string, { accountId } = context): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`insert into contact (account_id, email, createdate, lastmodifieddate)
    values (${accountId}, ${email}, now(), now()) returning id`.execute(database.db);
  const id = rows[0]?.id ?? "";
  await sql`insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
    values (${accountId}, ${email}, ${id}, ${email}, true, now())`.execute(database.db);
  return id;
}

/** A contact that was told these facts and is then gone, its address free again. */
async function gone(email: string, facts: Omit<NewFact, "contactId">[]): Promise<string> {
  const contactId = await contact(email);
  await saveFacts(context, { ...source, facts: facts.map((fact) => ({ ...fact, contactId })) });
  await keepSuppressions(context, [contactId]);
  await sql`delete from contact_email where account_id = ${context.accountId} and contact_id = ${contactId}`.execute(
    database.db,
  );
  return contactId;
}

async function factsOf(contactId: string) {
  const { rows } = await sql<{ kind: string; reason: string; at: Date; protects: boolean }>`
    select kind, reason, at, protects from subscription_fact
    where account_id = ${context.accountId} and contact_id = ${contactId} order by kind`.execute(database.db);
  return rows;
}

test("an address that was opted out and deleted is protected when it comes back", async () => {
  const at = new Date("2025-01-02T03:04:05Z");
  await gone("ada@example.test", [{ kind: "opt_out", reason: "by_hand", at }]);
  const again = await contact("ada@example.test");
  const stranger = await contact("bo@example.test");
  const saved = await protectAllSuppressed(context, [again, stranger]);
  expect(saved).toEqual({ changed: [again], becameProtected: [again] });
  expect(await factsOf(again)).toEqual([{ kind: "opt_out", reason: "by_hand", at, protects: true }]);
});

const bounce = (at: string) => ({ kind: "bounce" as const, reason: "mailbox_full", at: new Date(at) });

test("a bounce that protected protects again, one that did not is forgotten", async () => {
  await gone("twice@example.test", [bounce("2026-01-01T12:00:00Z"), bounce("2026-01-02T12:00:00Z")]);
  await gone("once@example.test", [bounce("2026-01-01T12:00:00Z")]);
  const [twice, once] = [await contact("twice@example.test"), await contact("once@example.test")];
  const { becameProtected } = await protectAllSuppressed(context, [twice, once]);
  expect(becameProtected).toEqual([twice]);
});

test("what is kept is a keyed hash that names neither the address nor other accounts", async () => {
  await gone("ada@example.test", [{ kind: "complaint" }]);
  const { rows } = await sql<{
    hash: Buffer;
    key: Buffer;
  }>`select email_hash as hash, key from suppression, suppression_key
    where account_id = ${context.accountId}`.execute(database.db);
  const expected = createHmac("sha256", rows[0]?.key ?? "").update(`${context.accountId}/ada@example.test`);
  expect(rows.map(({ hash }) => hash.toString("hex"))).toEqual([expected.digest("hex")]);
  const elsewhere = { ...context, accountId: await account() };
  const namesake = await contact("ada@example.test", elsewhere);
  expect((await protectAllSuppressed(elsewhere, [namesake])).changed).toEqual([]);
});

test("erasing removes the facts and keeps the hash", async () => {
  const contactId = await contact("ada@example.test");
  await saveFacts(context, { ...source, facts: [{ contactId, kind: "opt_out" }] });
  await keepSuppressions(context, [contactId]);
  await forgetFacts(context, [contactId]);
  expect(await factsOf(contactId)).toEqual([]);
  const { rows } = await sql`select kind from suppression where account_id = ${context.accountId}`.execute(
    database.db,
  );
  expect(rows).toEqual([{ kind: "opt_out" }]);
});

test("a fresh consent forgets what was kept", async () => {
  await gone("ada@example.test", [{ kind: "opt_out" }]);
  const again = await contact("ada@example.test");
  await protectAllSuppressed(context, [again]);
  await liftFacts(context, { ids: [again], kinds: ["opt_out"] });
  expect((await protectSuppressed(context, { contactId: again })).changed).toEqual([]);
});

test("an account without suppressions has nothing to look up", async () => {
  const contactId = await contact("ada@example.test");
  expect(await protectAllSuppressed(context, [contactId])).toEqual({ changed: [], becameProtected: [] });
});
