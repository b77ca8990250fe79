import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProperty as endpoint } from "#contract/properties.ts";
import { selectUsage } from "#server/marketing-status/usage/queries.ts";
import { registerOperationKinds } from "#server/operations/operation-kind.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { operationKinds } from "../operation-kinds.ts";
import { createContact } from "../record/create-contact.ts";
import { showContact } from "../record/show-contact.ts";
import { updateContact } from "../record/update-contact.ts";
import { startDeleteContacts, startEditProperty } from "./start-bulk.ts";

let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  registerOperationKinds(operationKinds);
  database = await freshDatabase();
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  const make = (input: object) => createProperty(context, endpoint.input.parse(input));
  await make({ label: "Points", type: "number", fieldType: "number" });
  await make({ label: "Member", type: "bool", fieldType: "booleancheckbox" });
  await make({ label: "Joined", type: "date", fieldType: "date" });
  await make({ label: "Card", type: "string", fieldType: "text", hasUniqueValue: true });
});
afterAll(() => database.close());

let people = 0;
async function person(properties: Record<string, string> = {}, marketing = false): Promise<string> {
  const email = `person${++people}@example.test`;
  return (await createContact(context, { properties: { email, ...properties }, marketing })).id;
}

async function run(started: Promise<{ operationId: string }>): Promise<string> {
  const { operationId } = await started;
  await runOperation(context, { operationId });
  return operationId;
}
const undo = (operationId: string) => run(undoOperation(context, { operationId }));

async function outcomes(operationId: string): Promise<Record<string, number>> {
  const { outcomes, state } = await showOperation(context, { operationId });
  expect(state).toBe("done");
  return Object.fromEntries(outcomes.map(({ outcome, contacts }) => [outcome, contacts]));
}
const value = async (contactId: string, name: string) =>
  (await showContact(context, { contactId })).properties[name];

test.each([
  ["city", "Lund", "Kraków"],
  ["annualrevenue", "5", "12.5"],
  ["lifecyclestage", "lead", "customer"],
  ["points", "1", "2.5"],
  ["member", "true", "false"],
  ["joined", "2026-01-01", "2026-02-02"],
])("%s is set, told by outcome, and goes back", async (property, before, after) => {
  const [old, empty, same] = [
    await person({ [property]: before }),
    await person(),
    await person({ [property]: after }),
  ];
  const selection = { ids: [old, empty, same, "999999999"] };
  const operationId = await run(startEditProperty(context, { selection, property, value: after, expect: 3 }));
  expect(await outcomes(operationId)).toEqual({ edited: 2, unchanged: 1 });
  expect(await Promise.all([old, empty, same].map((id) => value(id, property)))).toEqual([
    after,
    after,
    after,
  ]);

  expect(await outcomes(await undo(operationId))).toEqual({ reverted: 2 });
  expect(await Promise.all([old, empty, same].map((id) => value(id, property)))).toEqual([
    before,
    null,
    after,
  ]);
});

test("clearing works the same", async () => {
  const ids = [await person({ points: "3" }), await person({ points: "4" })];
  const operationId = await run(
    startEditProperty(context, { selection: { ids }, property: "points", value: null }),
  );
  expect(await value(ids[0] as string, "points")).toBeNull();
  await undo(operationId);
  expect(await value(ids[1] as string, "points")).toBe("4");
});

test("an undo leaves alone what was changed since, but not for other properties", async () => {
  const [touched, other] = [await person({ city: "Lund" }), await person({ city: "Lund" })];
  const ids = [touched, other];
  const operationId = await run(
    startEditProperty(context, { selection: { ids }, property: "city", value: "Malmö" }),
  );
  await updateContact(context, { contactId: touched, properties: { city: "Ystad" } });
  await updateContact(context, { contactId: other, properties: { company: "Tallmark" } });
  expect(await outcomes(await undo(operationId))).toEqual({ reverted: 1, changed_since: 1 });
  expect([await value(touched, "city"), await value(other, "city")]).toEqual(["Ystad", "Lund"]);
});

test("what cannot be one value for many is refused, and so is another number than confirmed", async () => {
  const selection = { ids: [await person()] };
  const edit = (property: string, value: string, expect?: number) =>
    startEditProperty(context, { selection, property, value, expect });
  await expect(edit("email", "a@example.test")).rejects.toMatchObject({ reason: "contacts:edit_unique" });
  await expect(edit("card", "1")).rejects.toMatchObject({ reason: "contacts:edit_unique" });
  await expect(edit("createdate", "2026-01-01")).rejects.toMatchObject({
    reason: "properties:value_problem.read_only",
  });
  await expect(edit("nothing", "1")).rejects.toMatchObject({ code: "invalid_input" });
  await expect(edit("points", "many")).rejects.toMatchObject({ details: { property: "points" } });
  await expect(edit("city", "Lund", 2)).rejects.toMatchObject({
    code: "count_changed",
    details: { actual: 1 },
  });
});

describe("deleting many", () => {
  test("stops them counting; the undo brings them back, without addresses taken meanwhile", async () => {
    const usage = async () => (await selectUsage(context, new Date())).marketing;
    const before = await usage();
    const email = "reused@example.test";
    const ids = [await person({}, true), await person({ email }, true), await person({}, false)];
    expect(await usage()).toBe(before + 2);
    const operationId = await run(startDeleteContacts(context, { selection: { ids }, expect: 3 }));
    expect(await outcomes(operationId)).toEqual({ deleted: 3 });
    expect(await usage()).toBe(before);
    await person({ email });
    expect(await outcomes(await undo(operationId))).toEqual({ restored: 2, restored_without_email: 1 });
    expect(await usage()).toBe(before + 2);
  });

  test("by filter, only the account's own", async () => {
    const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
    const { id: foreign } = await createContact(other, { properties: { city: "Zgierz" } });
    const own = await person({ city: "Zgierz" });
    const filters = [{ propertyName: "city", operator: "EQ" as const, value: "zgierz" }];
    const selection = { filter: { filterGroups: [{ filters }] }, query: "" };
    await run(startDeleteContacts(context, { selection }));
    expect((await showContact(context, { contactId: own })).deletedAt).not.toBeNull();
    expect((await showContact(other, { contactId: foreign })).deletedAt).toBeNull();
  });
});
