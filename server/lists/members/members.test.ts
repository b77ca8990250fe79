import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deleteContacts } from "#server/contacts/deletion/delete-contacts.ts";
import { eraseContact } from "#server/contacts/deletion/erase-contact.ts";
import { restoreContact } from "#server/contacts/deletion/restore-contacts.ts";
import { mergeContacts } from "#server/contacts/merge/merge-contacts.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { keepAll, makeList, membersOf, run, where } from "#test/lists.ts";
import { showList } from "../overview/show-list.ts";
import { listSizes } from "../sizes/list-sizes.ts";
import { explainMembership } from "./explain-membership.ts";
import { listsOfContact } from "./lists-of-contact.ts";
import { startAdding, startRemoving } from "./start-change.ts";

let database: FreshDatabase;
let context: Context;
let listId: string;
let ids: string[];
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  ids = [await person("Lund"), await person("Lund"), await person("Umeå")];
  listId = await makeList(context);
});

const person = async (city: string) =>
  (await createContact(context, { properties: { city }, marketing: false })).id;
const add = (...some: string[]) => run(context, startAdding(context, { listId, selection: { ids: some } }));
const members = () => membersOf(context, listId);

async function outcomes(operationId: string): Promise<Record<string, number>> {
  const shown = await showOperation(context, { operationId });
  expect(shown.state).toBe("done");
  return Object.fromEntries(shown.outcomes.map(({ outcome, contacts }) => [outcome, contacts]));
}

test("are operations with an outcome and an undo that leaves others alone", async () => {
  const [first = "", second = "", third = ""] = ids;
  await add(first);
  const selection = { filter: where("city", "EQ", "lund"), query: "" };
  const added = await run(context, startAdding(context, { listId, selection, expect: 2 }));
  expect(await outcomes(added)).toEqual({ added: 1, already_in_list: 1 });
  const removed = await run(context, startRemoving(context, { listId, selection: { ids: [first, third] } }));
  expect(await outcomes(removed)).toEqual({ removed: 1, not_in_list: 1 });
  expect(await members()).toEqual([second]);
  expect(await outcomes(await run(context, undoOperation(context, { operationId: removed })))).toEqual({
    added: 1,
  });
  expect(await outcomes(await run(context, undoOperation(context, { operationId: added })))).toEqual({
    removed: 1,
  });
  expect(await members()).toEqual([first]);
  expect((await showList(context, { listId })).members).toBe(1);
});

test("fix their scope when they start, and refuse another number than confirmed", async () => {
  const selection = { filter: where("city", "EQ", "lund"), query: "" };
  const started = await startAdding(context, { listId, selection });
  await person("Lund");
  await run(context, Promise.resolve(started));
  expect(await members()).toHaveLength(2);
  await expect(startAdding(context, { listId, selection, expect: 2 })).rejects.toMatchObject({
    code: "count_changed",
    details: { actual: 3 },
  });
});

test("leave out who was deleted meanwhile", async () => {
  const started = await startAdding(context, { listId, selection: { ids } });
  await deleteContacts(context, {
    ids: ids.slice(0, 1),
    operationId: null,
    sourceId: null,
    sourceType: "USER_SET",
  });
  expect(await outcomes(await run(context, Promise.resolve(started)))).toEqual({ added: 2, missing: 1 });
});

test("are refused for an active list, and for another account's", async () => {
  const active = await makeList(context, where("city", "EQ", "lund"));
  await expect(startAdding(context, { listId: active, selection: { ids } })).rejects.toMatchObject({
    reason: "lists:not_static",
  });
  const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
  for (const start of [startAdding, startRemoving]) {
    await expect(start(other, { listId, selection: { ids } })).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(explainMembership(other, { listId, contactId: ids[0] as string })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a foreign contact is none", async () => {
  const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
  const { id } = await createContact(other, { properties: { city: "Lund" }, marketing: false });
  await add(id);
  expect(await members()).toEqual([]);
  await expect(listsOfContact(context, { contactId: id })).rejects.toMatchObject({ code: "not_found" });
});

const source = { operationId: null, sourceId: null, sourceType: "USER_SET" } as const;

test("leaves its lists when deleted, and comes back to static ones when restored", async () => {
  const [first = "", second = ""] = ids;
  const active = await makeList(context, where("city", "EQ", "lund"));
  await keepAll(context);
  await add(first, second);
  await deleteContacts(context, { ids: [first], ...source });
  await keepAll(context);
  expect([await members(), await membersOf(context, active)]).toEqual([[second], [second]]);
  expect((await listsOfContact(context, { contactId: first })).lists).toEqual([]);
  await restoreContact(context, { contactId: first });
  await keepAll(context);
  expect([await members(), await membersOf(context, active)]).toEqual([
    [first, second],
    [first, second],
  ]);
  expect((await showList(context, { listId })).members).toBe(2);
});

test("takes the static lists of one that is merged into it", async () => {
  const [first = "", second = ""] = ids;
  await add(second);
  await mergeContacts(context, { winnerId: first, loserId: second });
  await keepAll(context);
  expect(await members()).toEqual([first]);
  const { added } = await explainMembership(context, { listId, contactId: first });
  expect(added).toMatchObject({ sourceType: "MERGE", sourceId: second });
});

test("that is erased leaves nothing behind", async () => {
  const [first = ""] = ids;
  await add(first);
  await eraseContact(context, { contactId: first });
  await keepAll(context);
  expect(await members()).toEqual([]);
  expect((await showList(context, { listId })).members).toBe(0);
});

test("has its lists by name", async () => {
  const [first = ""] = ids;
  const active = await makeList(context, where("city", "EQ", "lund"), "A in Lund");
  await keepAll(context);
  await add(first);
  const { lists } = await listsOfContact(context, { contactId: first });
  expect(lists.map(({ id, type }) => [id, type])).toEqual([
    [active, "active"],
    [listId, "static"],
  ]);
});

test("static: who added it when, by which operation", async () => {
  const [first = "", second = ""] = ids;
  const operationId = await add(first);
  const explained = await explainMembership(context, { listId, contactId: first });
  expect(explained).toMatchObject({
    member: true,
    matches: null,
    added: { actor: { type: "user", id: "1" }, sourceType: "USER_SET", operationId },
    groups: [],
  });
  expect(await explainMembership(context, { listId, contactId: second })).toMatchObject({
    member: false,
    added: null,
  });
});

test("active: each condition with the contact's own value", async () => {
  const [first = "", , third = ""] = ids;
  await add(first);
  const filters = [
    { propertyName: "city", operator: "EQ" as const, value: "lund" },
    { propertyName: "company", operator: "NOT_HAS_PROPERTY" as const },
    { propertyName: "lists", operator: "IN_LIST" as const, values: [listId] },
  ];
  const active = await makeList(context, { filterGroups: [{ filters }] });
  await keepAll(context);
  const condition = { company: { value: null, met: true }, city: { value: "Lund", met: true } };
  expect(await explainMembership(context, { listId: active, contactId: first })).toMatchObject({
    member: true,
    matches: true,
    groups: [
      {
        met: true,
        conditions: [
          { propertyName: "city", values: ["lund"], ...condition.city },
          condition.company,
          { met: true, lists: [{ id: listId, member: true }] },
        ],
      },
    ],
  });
  expect(await explainMembership(context, { listId: active, contactId: third })).toMatchObject({
    member: false,
    matches: false,
    groups: [
      {
        met: false,
        conditions: [
          { value: "Umeå", met: false },
          { met: true },
          { met: false, lists: [{ id: listId, member: false }] },
        ],
      },
    ],
  });
});

describe("sizes", () => {
  test("are kept by day of the account's zone, and filled in between", async () => {
    const [first = "", second = ""] = ids;
    await add(first, second);
    await run(context, startRemoving(context, { listId, selection: { ids: [first] } }));
    const { days } = await listSizes(context, { listId });
    expect(days.at(-1)).toMatchObject({ members: 1, joined: 2, left: 1 });
    await expect(listSizes(context, { listId, from: "2026-02-01", to: "2026-01-01" })).rejects.toMatchObject({
      reason: "lists:bad_span",
    });
  });
});
