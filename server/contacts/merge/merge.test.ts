import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProperty as endpoint } from "#contract/properties.ts";
import { pinContact } from "#server/marketing-status/record/pin-contact.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { selectUsage } from "#server/marketing-status/usage/queries.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { deleteContact } from "../deletion/delete-contacts.ts";
import { createNote } from "../notes/change-notes.ts";
import { createContact } from "../record/create-contact.ts";
import { showContact } from "../record/show-contact.ts";
import { showTimeline } from "../timeline/show-timeline.ts";
import { mergeContacts } from "./merge-contacts.ts";
import { previewMerge } from "./preview-merge.ts";

let database: FreshDatabase;
let context: Context;
const november = new Date("2026-11-18T10:00:00Z");
beforeAll(async () => {
  database = await freshDatabase();
  const accountId = await buildAccount(database.db);
  context = buildContext(database.db, { accountId, clock: fixedClock(november) });
  const wish = { label: "Card", type: "string", fieldType: "text", hasUniqueValue: true };
  await createProperty(context, endpoint.input.parse(wish));
});
afterAll(() => database.close());

let people = 0;
async function person(properties: Record<string, string> = {}, marketing = false): Promise<string> {
  const email = `person${++people}@example.test`;
  return (await createContact(context, { properties: { email, ...properties }, marketing })).id;
}
const usage = async () => (await selectUsage(context, november)).marketing;

/** Two who differ: the loser has a note, a bounce, a company and a unique card. */
async function pair(): Promise<{ winnerId: string; loserId: string; emails: string[] }> {
  const emails = [`ada${people}@merge.test`, `adina${people}@merge.test`] as const;
  const winnerId = await person({ firstname: "Ada", city: "Lund", email: emails[0] });
  const other = { firstname: "Adina", company: "Tallmark", card: `M-${people}` };
  const loserId = await person({ ...other, email: emails[1] });
  await createNote(context, { contactId: loserId, body: "From the fair" });
  const facts = [{ contactId: loserId, kind: "bounce", reason: "unknown_user" } as const];
  await saveFacts(context, { facts, sourceType: "CRM_UI" });
  return { winnerId, loserId, emails: [...emails] };
}

test("the preview says what will be kept, filled and joined", async () => {
  const { winnerId, loserId, emails } = await pair();
  const preview = await previewMerge(context, { winnerId, loserId });
  expect(preview).toMatchObject({
    winner: { id: winnerId, name: "Ada", protected: false },
    loser: { id: loserId, protected: true },
    emails: [
      { email: emails[0], primary: true },
      { email: emails[1], primary: false },
    ],
    protected: true,
    status: "non_marketing",
    notes: 1,
  });
  const company = { property: "company", winner: null, loser: "Tallmark", result: "Tallmark" };
  expect(preview.differences).toContainEqual(company);
  const firstname = { property: "firstname", winner: "Ada", loser: "Adina", result: "Ada" };
  expect(preview.differences).toContainEqual(firstname);
});

test("the winner's values stay, its empty ones are filled, everything comes together", async () => {
  const { winnerId, loserId, emails } = await pair();
  const merged = await mergeContacts(context, { winnerId, loserId });
  expect(merged.id).toBe(winnerId);
  expect(merged.emails.map(({ email }) => email)).toEqual(emails);
  expect(merged.properties).toMatchObject({
    firstname: "Ada",
    city: "Lund",
    company: "Tallmark",
    card: expect.stringMatching(/^M-/),
    hs_merged_object_ids: loserId,
    hs_email_hard_bounce_reason_enum: "UNKNOWN_USER",
  });
  const { entries } = await showTimeline(context, { contactId: winnerId, limit: 50 });
  expect(entries.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["merge", "note", "fact", "change"]),
  );
  expect(entries.find(({ source }) => source.type === "MERGE")?.newValues).toMatchObject({
    company: "Tallmark",
    hs_additional_emails: emails[1],
  });
});

test("ids that were merged away keep resolving, through several merges", async () => {
  const [a, b, c] = [await person(), await person(), await person()] as const;
  await mergeContacts(context, { winnerId: b, loserId: a });
  await mergeContacts(context, { winnerId: c, loserId: b });
  for (const contactId of [a, b, c]) expect((await showContact(context, { contactId })).id).toBe(c);
  expect(
    (await showContact(context, { contactId: c })).properties["hs_merged_object_ids"]?.split(";"),
  ).toEqual(expect.arrayContaining([a, b]));
});

test("of two marketing contacts one is left after a merge", async () => {
  const before = await usage();
  const [winnerId, loserId] = [await person({}, true), await person({}, true)];
  await mergeContacts(context, { winnerId, loserId });
  expect(await usage()).toBe(before + 1);
});

test("the later of the two statuses is kept", async () => {
  const [winnerId, loserId] = [await person({}, true), await person({}, true)];
  await setNonMarketing(context, { ids: [winnerId], sourceType: "USER_SET" });
  expect((await previewMerge(context, { winnerId, loserId })).status).toBe("marketing");
  const { properties } = await mergeContacts(context, { winnerId, loserId });
  expect(properties).toMatchObject({ hs_marketable_status: "true", hs_marketable_until_renewal: "false" });
});

test("a protected side makes the result wait, as the preview says", async () => {
  const [winnerId, loserId] = [await person({}, true), await person()];
  await saveFacts(context, { facts: [{ contactId: loserId, kind: "opt_out" }], sourceType: "CRM_UI" });
  expect((await previewMerge(context, { winnerId, loserId })).status).toBe("waiting");
  const { properties } = await mergeContacts(context, { winnerId, loserId });
  expect(properties).toMatchObject({ hs_marketable_until_renewal: "true", hs_email_optout: "true" });
});

test("the pin of the loser holds where the winner has none", async () => {
  const [winnerId, loserId] = [await person(), await person()];
  await pinContact(context, { contactId: loserId, pin: "never" });
  await mergeContacts(context, { winnerId, loserId });
  const { rows } = await sql`select contact_id as id, pin from marketing_pin
    where contact_id in (${winnerId}, ${loserId})`.execute(database.db);
  expect(rows).toEqual([{ id: winnerId, pin: "never" }]);
});

test("two merges of the same pair at once: one happens, one finds nobody", async () => {
  const [a, b] = [await person({}, true), await person({}, true)] as const;
  const results = await Promise.allSettled([
    mergeContacts(context, { winnerId: a, loserId: b }),
    mergeContacts(context, { winnerId: b, loserId: a }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a contact is not merged with itself, a deleted or a foreign one", async () => {
  const [winnerId, loserId] = [await person(), await person()];
  const self = mergeContacts(context, { winnerId, loserId: winnerId });
  await expect(self).rejects.toMatchObject({ reason: "contacts:merge_same" });
  const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
  const foreign = (await createContact(other, { properties: {} })).id;
  for (const act of [mergeContacts, previewMerge]) {
    await expect(act(context, { winnerId, loserId: foreign })).rejects.toMatchObject({ code: "not_found" });
  }
  await deleteContact(context, { contactId: loserId });
  await expect(mergeContacts(context, { winnerId, loserId })).rejects.toMatchObject({ code: "not_found" });
});
