import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProperty as endpoint } from "#contract/properties.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { selectUsage } from "#server/marketing-status/usage/queries.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { mergeContacts } from "../merge/merge-contacts.ts";
import { createNote } from "../notes/change-notes.ts";
import { createContact } from "../record/create-contact.ts";
import { showContact } from "../record/show-contact.ts";
import { updateContact } from "../record/update-contact.ts";
import { deleteContact } from "./delete-contacts.ts";
import { eraseContact } from "./erase-contact.ts";
import { listDeletedContacts } from "./list-deleted-contacts.ts";
import { purgeContacts } from "./purge-contacts.ts";
import { restoreContact } from "./restore-contacts.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const november = new Date("2026-11-18T10:00:00Z");
const december = new Date("2026-12-05T10:00:00Z");
const source = { sourceType: "USER_SET" } as const;

async function account(): Promise<Context> {
  const accountId = await buildAccount(database.db);
  return buildContext(database.db, { accountId, clock: fixedClock(november) });
}
const at = (context: Context, instant: Date): Context => ({ ...context, clock: fixedClock(instant) });
const usage = async (context: Context) => (await selectUsage(context, november)).marketing;

let people = 0;
const address = () => `person${++people}@example.test`;
async function person(
  context: Context,
  properties: Record<string, string> = {},
  marketing = false,
): Promise<string> {
  return (await createContact(context, { properties: { email: address(), ...properties }, marketing })).id;
}

test("a deleted contact stops counting, and counts again when restored in time", async () => {
  const context = await account();
  const contactId = await person(context, { firstname: "Ada" }, true);
  const emails = (await showContact(context, { contactId })).emails;
  await deleteContact(context, { contactId });
  expect(await usage(context)).toBe(0);
  const deleted = await showContact(context, { contactId });
  expect(deleted).toMatchObject({
    deletedAt: november.toISOString(),
    purgedAt: "2027-02-16T10:00:00.000Z",
  });

  const { contact, taken } = await restoreContact(context, { contactId });
  expect({ ...contact, taken }).toMatchObject({ deletedAt: null, emails, taken: [] });
  expect(contact.properties).toMatchObject({ firstname: "Ada", hs_marketable_status: "true" });
  expect(await usage(context)).toBe(1);
});

test("one who was waiting does not count when the update instant has passed meanwhile", async () => {
  const context = await account();
  const contactId = await person(context, {}, true);
  await setNonMarketing(context, { ids: [contactId], ...source });
  await deleteContact(context, { contactId });
  const { contact } = await restoreContact(at(context, december), { contactId });
  expect(contact.properties["hs_marketable_status"]).toBe("false");
});

test("a deleted contact cannot be changed, and nothing is deleted or restored twice", async () => {
  const context = await account();
  const contactId = await person(context);
  await expect(restoreContact(context, { contactId })).rejects.toMatchObject({
    reason: "contacts:not_deleted",
  });
  await deleteContact(context, { contactId });
  await expect(deleteContact(context, { contactId })).rejects.toMatchObject({
    reason: "contacts:is_deleted",
  });
  const change = updateContact(context, { contactId, properties: { city: "x" } });
  await expect(change).rejects.toMatchObject({ reason: "contacts:is_deleted" });
});

test("its address is free; when taken it is restored without it, and the merge that offers itself works", async () => {
  const context = await account();
  const [email, second] = [address(), address()];
  const first = await person(context, { email });
  await sql`insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
    values (${context.accountId}, ${second}, ${first}, ${second}, false, now())`.execute(database.db);
  await deleteContact(context, { contactId: first });
  const holder = await person(context, { email });

  const { contact, taken } = await restoreContact(context, { contactId: first });
  expect(taken).toEqual([{ email, contactId: holder }]);
  expect(contact).toMatchObject({
    emails: [{ email: second, primary: true }],
    properties: { email: second },
  });

  const merged = await mergeContacts(context, { winnerId: holder, loserId: first });
  expect(merged.emails).toEqual([
    { email, primary: true },
    { email: second, primary: false },
  ]);
});

test("a unique value that was taken is lost, a free one comes back", async () => {
  const context = await account();
  const wish = { type: "string", fieldType: "text", hasUniqueValue: true };
  await createProperty(context, endpoint.input.parse({ label: "Card", ...wish }));
  await createProperty(context, endpoint.input.parse({ label: "Badge", ...wish }));
  const contactId = await person(context, { card: "C-1", badge: "B-1" });
  await deleteContact(context, { contactId });
  await person(context, { card: "C-1" });
  const { contact } = await restoreContact(context, { contactId });
  expect(contact.properties).toMatchObject({ card: null, badge: "B-1" });
  await expect(person(context, { badge: "B-1" })).rejects.toMatchObject({
    reason: "properties:unique_taken",
  });
});

test("who opted out stays protected when the address comes back after a deletion", async () => {
  const context = await account();
  const email = address();
  const contactId = await person(context, { email });
  await saveFacts(context, { facts: [{ contactId, kind: "opt_out" }], sourceType: "CRM_UI" });
  await deleteContact(context, { contactId });
  const again = await person(context, { email });
  expect((await showContact(context, { contactId: again })).properties["hs_email_optout"]).toBe("true");
  await deleteContact(context, { contactId: again });
  const created = await createContact(context, { properties: { email }, marketing: true });
  expect(created).toMatchObject({ outcome: "skipped", reason: "protected" });
  await deleteContact(context, { contactId: created.id });
  await restoreContact(context, { contactId: again });
  const [group] = await setMarketing(context, { ids: [again], ...source });
  expect(group).toMatchObject({ outcome: "skipped", reason: "protected" });
});

test("a protected contact comes back waiting", async () => {
  const context = await account();
  const contactId = await person(context, {}, true);
  await saveFacts(context, { facts: [{ contactId, kind: "complaint" }], sourceType: "CRM_UI" });
  await deleteContact(context, { contactId });
  const { contact } = await restoreContact(context, { contactId });
  expect(contact.properties).toMatchObject({
    hs_marketable_status: "true",
    hs_marketable_until_renewal: "true",
  });
});

test("deleted contacts are listed page by page, latest first, and found by name", async () => {
  const context = await account();
  const ids = [];
  for (const firstname of ["Łukasz", "Ada", "Bo"]) ids.push(await person(context, { firstname }));
  for (const [n, contactId] of ids.entries()) {
    await deleteContact(at(context, new Date(november.getTime() + n * 1000)), { contactId });
  }
  const first = await listDeletedContacts(context, { query: "", limit: 2 });
  const rest = await listDeletedContacts(context, { query: "", limit: 2, after: first.after ?? "" });
  expect([...first.contacts, ...rest.contacts].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(rest.after).toBeNull();
  const found = await listDeletedContacts(context, { query: "lukasz", limit: 2 });
  expect(found.contacts).toMatchObject([{ id: ids[0], name: "Łukasz", willCount: false }]);
});

/** Every row in which an id or one of the texts still occurs, apart from what is meant to stay. */
async function traces(contactId: string, words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = 'public' and tablename not in ('event', 'marketing_change')`.execute(database.db);
  const found: string[] = [];
  for (const { name } of tables) {
    const id = name === "contact" ? sql`id = ${contactId}` : sql`to_jsonb(t)->>'contact_id' = ${contactId}`;
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t
      where ${name === "contact" ? sql`t.id = ${contactId}` : id}
        or exists (select from unnest(${words}::text[]) word where to_jsonb(t)::text ilike '%' || word || '%')`.execute(
      database.db,
    );
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

describe("erasing", () => {
  test.each(["alive", "deleted"])(
    "an %s contact leaves nothing but its ledger and a hash of each address",
    async (state) => {
      const context = await account();
      const email = address();
      const contactId = await person(context, { email, firstname: "Xaveria", city: "Xanadu" }, true);
      const loserId = await person(context, { firstname: "Xerxes", company: "Xylo" });
      await createNote(context, { contactId, body: "Xenon lamps" });
      await createNote(context, { contactId: loserId, body: "Xebec" });
      await saveFacts(context, { facts: [{ contactId, kind: "opt_out" }], sourceType: "CRM_UI" });
      await mergeContacts(context, { winnerId: contactId, loserId });
      if (state === "deleted") await deleteContact(context, { contactId });

      await eraseContact(context, { contactId });

      const words = [email, "Xaveria", "Xanadu", "Xerxes", "Xylo", "Xenon", "Xebec"];
      expect(await traces(contactId, words)).toEqual([]);
      const { rows } = await sql`select from suppression where account_id = ${context.accountId}`.execute(
        database.db,
      );
      expect(rows).toHaveLength(2);
      expect(await usage(context)).toBe(0);
      const { rows: events } = await sql<{ text: string }>`select details::text as text from event
      where account_id = ${context.accountId}`.execute(database.db);
      for (const word of words) expect(events.some(({ text }) => text.includes(word))).toBe(false);
      for (const id of [contactId, loserId]) {
        await expect(showContact(context, { contactId: id })).rejects.toMatchObject({ code: "not_found" });
      }
      const again = await person(context, { email });
      expect((await showContact(context, { contactId: again })).properties["hs_email_optout"]).toBe("true");
    },
  );

  test("contacts are purged 90 days after they were deleted, not earlier", async () => {
    const context = await account();
    const contactId = await person(context);
    await deleteContact(context, { contactId });
    await purgeContacts(at(context, new Date("2027-02-16T09:59:59Z")));
    await restoreContact(context, { contactId });
    await deleteContact(context, { contactId });
    await purgeContacts(at(context, new Date("2027-02-16T10:00:01Z")));
    await expect(showContact(context, { contactId })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("nobody deletes, restores, erases or lists contacts of another account", async () => {
  const context = await account();
  const other = await account();
  const contactId = await person(context);
  const missing = { code: "not_found", reason: "contacts:not_found" };
  await expect(deleteContact(other, { contactId })).rejects.toMatchObject(missing);
  await expect(eraseContact(other, { contactId })).rejects.toMatchObject(missing);
  await deleteContact(context, { contactId });
  await expect(restoreContact(other, { contactId })).rejects.toMatchObject(missing);
  expect(await listDeletedContacts(other, { query: "", limit: 10 })).toEqual({ contacts: [], after: null });
});
