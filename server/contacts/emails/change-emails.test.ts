import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { createContact } from "../record/create-contact.ts";
import { showContact } from "../record/show-contact.ts";
import { updateContact } from "../record/update-contact.ts";
import { addContactEmail, promoteContactEmail, removeContactEmail } from "./change-emails.ts";

let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  database = await freshDatabase();
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
});
afterAll(() => database.close());

let people = 0;
const address = () => `person${++people}@example.test`;
const create = (properties: Record<string, string> = {}) => createContact(context, { properties });
const show = (contactId: string) => showContact(context, { contactId });
const set = (contactId: string, properties: Record<string, string>) =>
  updateContact(context, { contactId, properties });

describe("several addresses", () => {
  test("are added, promoted and removed", async () => {
    const [first, second, third] = [address(), address(), address()];
    const { id } = await create({ email: first });
    await addContactEmail(context, { contactId: id, email: second });
    await addContactEmail(context, { contactId: id, email: third });
    expect((await show(id)).properties).toMatchObject({
      email: first,
      hs_additional_emails: `${second};${third}`,
    });
    await promoteContactEmail(context, { contactId: id, email: third });
    const after = await removeContactEmail(context, { contactId: id, email: third });
    expect(after.properties).toMatchObject({ email: first, hs_additional_emails: second });
    await set(id, { email: second });
    expect((await show(id)).emails[0]).toEqual({ email: second, primary: true });
    await expect(create({ email: first })).rejects.toMatchObject({ details: { contactId: id } });
  });

  test("the first of a contact without one is its primary address", async () => {
    const { id } = await create();
    const email = address();
    expect((await addContactEmail(context, { contactId: id, email })).properties["email"]).toBe(email);
    expect((await removeContactEmail(context, { contactId: id, email })).emails).toEqual([]);
  });

  test("what is no address, not theirs, or somebody else's is refused", async () => {
    const [own, foreign] = [address(), address()];
    const { id } = await create({ email: own });
    await create({ email: foreign });
    await expect(addContactEmail(context, { contactId: id, email: "x" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(addContactEmail(context, { contactId: id, email: foreign })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(addContactEmail(context, { contactId: id, email: own })).rejects.toMatchObject({
      code: "conflict",
    });
    const remove = removeContactEmail(context, { contactId: id, email: foreign });
    await expect(remove).rejects.toMatchObject({ code: "not_found" });
  });
});
