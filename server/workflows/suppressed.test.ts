import { afterAll, beforeAll, expect, it } from "vitest";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { keepLists } from "#server/lists/upkeep/keep-lists.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { makeList, where } from "#test/lists.ts";
import { account, states, turnedOn, work } from "#test/workflow.ts";
import { enrollContacts } from "./enrollment/enroll-contacts.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

it("keeps out and dismisses whom an active list takes in, also before the list knows", async () => {
  const context = await account(database.db);
  const suppressionListIds = [await makeList(context, where("city", "EQ", "Lund"))];
  const people: string[] = [];
  for (const _ of [1, 2]) people.push((await createContact(context, { properties: { city: "Ystad" } })).id);
  const [inside = "", outside = ""] = people;
  await keepLists(context);
  const steps = [{ id: "a", type: "set_status", value: "marketing" }];
  const workflow = await turnedOn(context, { suppressionListIds, start: "a", steps });
  const enter = (id: string) => enrollContacts(context, { workflow, ids: [id], cause: "manual" });
  expect(await enter(inside)).toMatchObject([{ outcome: "enrolled" }]);
  for (const contactId of people) await updateContact(context, { contactId, properties: { city: "Lund" } });
  expect(await enter(outside)).toMatchObject([{ outcome: "suppressed" }]);
  await work(context, workflow);
  expect(await states(context, workflow)).toEqual({ "left a suppressed": 1 });
});
