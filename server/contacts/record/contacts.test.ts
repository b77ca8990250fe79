import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permissions } from "#contract/permissions.ts";
import { createProperty as endpoint } from "#contract/properties.ts";
import type { Context } from "#server/platform/context.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { addContactEmail } from "../emails/change-emails.ts";
import { createNote } from "../notes/change-notes.ts";
import { showTimeline } from "../timeline/show-timeline.ts";
import { createContact } from "./create-contact.ts";
import { showContact } from "./show-contact.ts";
import { updateContact } from "./update-contact.ts";

let database: FreshDatabase;
let context: Context;
let other: Context;
beforeAll(async () => {
  database = await freshDatabase();
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  other = buildContext(database.db, { accountId: await buildAccount(database.db) });
  const make = (input: object) => createProperty(context, endpoint.input.parse(input));
  await make({ label: "Shoe size", type: "number", fieldType: "number" });
  await make({ label: "Member", type: "bool", fieldType: "booleancheckbox" });
  await make({ label: "Joined", type: "date", fieldType: "date" });
  await make({ label: "Seen", type: "datetime", fieldType: "date" });
  const colours = [
    { label: "Red", value: "red" },
    { label: "Blue", value: "blue" },
  ];
  await make({ label: "Colours", type: "enumeration", fieldType: "checkbox", options: colours });
  await make({ label: "Card", type: "string", fieldType: "text", hasUniqueValue: true });
});
afterAll(() => database.close());

let people = 0;
const address = () => `person${++people}@example.test`;
const create = (properties: Record<string, string | number | boolean | null> = {}, marketing = false) =>
  createContact(context, { properties, marketing });
const show = (contactId: string) => showContact(context, { contactId });
const set = (contactId: string, properties: Record<string, string | number | boolean | null>) =>
  updateContact(context, { contactId, properties });

const count = async () =>
  (await sql<{ n: string }>`select count(*) as n from contact`.execute(database.db)).rows[0]?.n;

const CUSTOM = {
  shoe_size: "42.5",
  member: "true",
  joined: "2026-02-28",
  seen: "2026-02-28T10:00:00.000Z",
  colours: "red;blue",
};

test("stores every kind of value and shows it as the API writes it", async () => {
  const email = address();
  const { id, outcome } = await create({
    ...CUSTOM,
    email: ` ${email.toUpperCase()} `,
    firstname: "Łucja",
    annualrevenue: 12_000_000.5,
    lifecyclestage: "lead",
    hs_language: "pl",
    city: "",
  });
  const { properties, emails } = await show(id);
  expect(outcome).toBeNull();
  expect(emails).toEqual([{ email, primary: true }]);
  expect(properties).toMatchObject({
    ...CUSTOM,
    email,
    firstname: "Łucja",
    annualrevenue: "12000000.5",
    lifecyclestage: "lead",
    city: null,
    hs_object_id: id,
    hs_object_source: "CRM_UI",
    hs_marketable_status: "false",
    hs_marketable_until_renewal: "false",
    hs_email_optout: "false",
  });
  expect(properties["createdate"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test("can set as marketing contact at once, with the permission for it", async () => {
  const { id, outcome } = await create({ email: address() }, true);
  expect(outcome).toBe("set_marketing");
  expect((await show(id)).properties).toMatchObject({
    hs_marketable_status: "true",
    hs_marketable_reason_type: "USER_SET",
  });
  const allowed = new Set(permissions.filter((permission) => permission !== "marketing-contacts.edit"));
  const without = buildContext(database.db, {
    accountId: context.accountId,
    actor: { permissions: allowed },
  });
  await expect(createContact(without, { properties: {}, marketing: true })).rejects.toMatchObject({
    code: "not_allowed",
  });
});

test("needs no address, and many contacts can have none", async () => {
  const [first, second] = [await create({ firstname: "Ada" }), await create({ firstname: "Ada" })];
  expect(first.id).not.toBe(second.id);
});

test("names the property of every bad value and stores nothing", async () => {
  const before = await count();
  const bad = {
    email: "https://example.test",
    shoe_size: "big",
    nothing: "x",
    hs_object_id: "5",
    lifecyclestage: "x",
  };
  await expect(create(bad)).rejects.toMatchObject({
    code: "invalid_input",
    reason: "contacts:email_problem.url",
    details: {
      property: "email",
      problems: [
        { property: "email", reason: "contacts:email_problem.url" },
        { property: "shoe_size", reason: "properties:value_problem.not_a_number" },
        { property: "nothing", reason: "properties:value_problem.unknown_property" },
        { property: "hs_object_id", reason: "properties:value_problem.read_only" },
        { property: "lifecyclestage", reason: "properties:value_problem.not_an_option" },
      ],
    },
  });
  await expect(create({ hs_marketable_status: "true" })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(create({ city: "x".repeat(101) })).rejects.toMatchObject({ details: { limit: 100 } });
  expect(await count()).toBe(before);
});

test("an address belongs to one contact, who is named", async () => {
  const email = address();
  const { id } = await create({ email });
  await expect(create({ email: email.toUpperCase() })).rejects.toMatchObject({
    code: "conflict",
    reason: "contacts:email_taken",
    details: { contactId: id },
  });
});

test("of many at once with one address exactly one is made", async () => {
  const email = address();
  const made = await Promise.allSettled(Array.from({ length: 8 }, () => create({ email })));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refusals = made.flatMap((result) => (result.status === "rejected" ? [result.reason as object] : []));
  expect(refusals).toEqual(Array(7).fill(expect.objectContaining({ reason: "contacts:email_taken" })));
});

test("a unique value belongs to one contact", async () => {
  const made = await Promise.allSettled([
    create({ card: "A-1" }),
    create({ card: "A-1" }),
    create({ card: "A-1" }),
  ]);
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const { id } = await create({ card: "A-2" });
  await expect(set(id, { card: "A-1" })).rejects.toMatchObject({ reason: "properties:unique_taken" });
  await set(id, { card: null });
  await create({ card: "A-2" });
});

describe("updating", () => {
  test("writes what is named, clears with null, and keeps one history entry of what differed", async () => {
    const { id } = await create({ ...CUSTOM, firstname: "Ada", city: "Lund" });
    await set(id, { firstname: "Ada", city: null, shoe_size: 43, colours: "", company: "Tallmark" });
    expect((await show(id)).properties).toMatchObject({
      firstname: "Ada",
      city: null,
      shoe_size: "43",
      colours: null,
      company: "Tallmark",
      member: "true",
    });
    const { entries } = await showTimeline(context, { contactId: id, limit: 10 });
    expect(entries[0]).toMatchObject({
      kind: "change",
      oldValues: { city: "Lund", shoe_size: "42.5", colours: "red;blue", company: null },
      newValues: { city: null, shoe_size: "43", colours: null, company: "Tallmark" },
      source: { type: "CRM_UI" },
    });
    await set(id, { company: "Tallmark" });
    expect((await showTimeline(context, { contactId: id, limit: 10 })).entries).toHaveLength(2);
  });

  test("refuses as a whole", async () => {
    const { id } = await create({ firstname: "Ada" });
    await expect(set(id, { firstname: "Bea", shoe_size: "x" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect((await show(id)).properties["firstname"]).toBe("Ada");
  });

  test("a new address takes the primary one's place and releases it", async () => {
    const [old, fresh] = [address(), address()];
    const { id } = await create({ email: old });
    await set(id, { email: fresh });
    expect((await show(id)).emails).toEqual([{ email: fresh, primary: true }]);
    await create({ email: old });
  });

  test("a custom property called like SQL is only a name", async () => {
    const input = endpoint.input.parse({
      label: "x'); drop table contact; --",
      type: "string",
      fieldType: "text",
    });
    const { name } = await createProperty(context, input);
    const { id } = await create({ [name]: "'; select 1" });
    expect((await show(id)).properties[name]).toBe("'; select 1");
  });
});

test("a contact of another account answers exactly like a missing one", async () => {
  const { id } = await create({ email: address() });
  const acts = (contactId: string) => [
    () => showContact(other, { contactId }),
    () => updateContact(other, { contactId, properties: { city: "x" } }),
    () => addContactEmail(other, { contactId, email: address() }),
    () => createNote(other, { contactId, body: "x" }),
    () => showTimeline(other, { contactId, limit: 1 }),
  ];
  for (const contactId of [id, "999999999999"]) {
    for (const act of acts(contactId)) {
      await expect(act()).rejects.toMatchObject({
        code: "not_found",
        reason: "contacts:not_found",
        details: { contactId },
      });
    }
  }
});

test("two accounts can know the same address", async () => {
  const email = address();
  const { id } = await create({ email });
  const { id: foreign } = await createContact(other, { properties: { email } });
  expect(foreign).not.toBe(id);
});
