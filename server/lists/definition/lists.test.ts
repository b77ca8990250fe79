import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Filter } from "#contract/filters.ts";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { searchContacts } from "#server/contacts/index/search-contacts.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { createView } from "#server/contacts/views/save-view.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { archiveProperty, restoreProperty } from "#server/properties/archive-property.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { keepAll, makeList, membersOf, run, where } from "#test/lists.ts";
import { listLists } from "../overview/list-lists.ts";
import { listUses } from "../overview/list-uses.ts";
import { previewList } from "../overview/preview-list.ts";
import { showList } from "../overview/show-list.ts";
import { convertList } from "./convert-list.ts";
import { copyList } from "./copy-list.ts";
import { deleteList, restoreList } from "./delete-list.ts";
import { purgeLists } from "./purge-lists.ts";
import { moveLists, updateList } from "./update-list.ts";

let database: FreshDatabase;
let context: Context;
let lund: string;
let malmo: string;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  lund = await person("Lund");
  malmo = await person("Malmö");
});

const person = async (city: string) =>
  (await createContact(context, { properties: { city }, marketing: false })).id;
const inLund = where("city", "EQ", "lund");
const page = { query: "", deleted: "false", sort: "name", direction: "asc", offset: 0, limit: 50 } as const;
const kept = { evenIfViews: "false" } as const;

async function indexOf(filter: Filter): Promise<string[]> {
  const input = { filter, query: "", limit: 50, properties: [] };
  return (await searchContacts(context, input)).contacts.map(({ id }) => id).toSorted();
}

test("has whom its filter finds, says so while it is updating, and follows its filter", async () => {
  const listId = await makeList(context, inLund, "From Lund");
  expect(await showList(context, { listId })).toMatchObject({
    name: "From Lund",
    type: "active",
    updating: true,
    members: 0,
    filter: inLund,
    createdBy: { type: "user" },
  });
  expect(await indexOf(where("lists", "IN_LIST", listId))).toEqual([lund]);
  await keepAll(context);
  expect(await showList(context, { listId })).toMatchObject({ updating: false, members: 1 });
  expect(await membersOf(context, listId)).toEqual([lund]);

  await updateList(context, { listId, filter: where("city", "EQ", "malmö") });
  expect(await indexOf(where("lists", "IN_LIST", listId))).toEqual([malmo]);
  await keepAll(context);
  expect(await membersOf(context, listId)).toEqual([malmo]);
});

test("is a condition of any filter, also the other way round and with several lists", async () => {
  const [one, two] = [await makeList(context, inLund), await makeList(context, where("city", "EQ", "malmö"))];
  const other = await person("Kalmar");
  await keepAll(context);
  expect(await indexOf(where("lists", "IN_LIST", one, two))).toEqual([lund, malmo].toSorted());
  expect(await indexOf(where("lists", "NOT_IN_LIST", one, two))).toEqual([other]);
  const filter = where("lists", "NOT_IN_LIST", one);
  expect(await countContacts(context, { filter, query: "" })).toEqual({ total: 2 });
});

test("becomes static with exactly those who match, and can be copied", async () => {
  const listId = await makeList(context, inLund, "Source");
  await keepAll(context);
  await updateContact(context, { contactId: malmo, properties: { city: "Lund" } });
  const converted = await convertList(context, { listId });
  expect(converted).toMatchObject({ type: "static", members: 2, updating: false, filter: inLund });
  expect(converted.convertedAt).not.toBeNull();
  await updateContact(context, { contactId: malmo, properties: { city: "Malmö" } });
  await keepAll(context);
  expect(await membersOf(context, listId)).toHaveLength(2);

  const copied = await copyList(context, { listId, name: "Copy" });
  await run(context, Promise.resolve(copied));
  expect(await membersOf(context, copied.list.id)).toEqual(await membersOf(context, listId));
});

test("can be copied as it is, or as a static list of its members", async () => {
  const listId = await makeList(context, inLund, "Original");
  const { list } = await copyList(context, { listId, name: "Twin" });
  expect(list).toMatchObject({ type: "active", filter: inLund });
  const copied = await copyList(context, { listId, name: "Frozen", type: "static" });
  await run(context, Promise.resolve(copied));
  expect(await membersOf(context, copied.list.id)).toEqual([lund]);
});

test("whose property is archived keeps its members, says why, and recovers", async () => {
  const { name } = await createProperty(context, {
    label: "Shirt",
    description: "",
    groupName: "contactinformation",
    type: "string",
    fieldType: "text",
    options: [],
    hasUniqueValue: false,
  });
  await updateContact(context, { contactId: lund, properties: { [name]: "L" } });
  const listId = await makeList(context, where(name, "EQ", "L"));
  await keepAll(context);
  await archiveProperty(context, { name });
  await updateContact(context, { contactId: malmo, properties: { [name]: null, city: "Lund" } }).catch(
    () => {},
  );
  await sql`update contact set custom = '{}' where account_id = ${context.accountId} and id = ${lund}`.execute(
    database.db,
  );
  await keepAll(context);
  expect((await showList(context, { listId })).problem).toContain(name);
  expect(await membersOf(context, listId)).toEqual([lund]);
  await restoreProperty(context, { name });
  await keepAll(context);
  expect(await showList(context, { listId })).toMatchObject({ problem: null, members: 0, updating: false });
});

describe("a preview", () => {
  test("counts exactly, and says who would join and leave", async () => {
    const listId = await makeList(context, inLund);
    await keepAll(context);
    expect(await previewList(context, { filter: inLund })).toEqual({
      total: 1,
      joining: null,
      leaving: null,
    });
    const filter = where("city", "EQ", "malmö");
    expect(await previewList(context, { filter, listId })).toEqual({ total: 1, joining: 1, leaving: 1 });
  });
});

describe("lists that name lists", () => {
  test("are worked out in order, and never in a circle", async () => {
    const first = await makeList(context, inLund, "First");
    const second = await makeList(context, where("lists", "NOT_IN_LIST", first), "Second");
    await keepAll(context);
    expect(await membersOf(context, second)).toEqual([malmo]);
    await updateContact(context, { contactId: malmo, properties: { city: "Lund" } });
    await keepAll(context);
    expect(await membersOf(context, second)).toEqual([]);
    const circle = updateList(context, { listId: first, filter: where("lists", "IN_LIST", second) });
    await expect(circle).rejects.toMatchObject({ reason: "lists:circle", details: { list: "Second" } });
    const itself = updateList(context, { listId: first, filter: where("lists", "IN_LIST", first) });
    await expect(itself).rejects.toMatchObject({ reason: "lists:circle", details: { list: "First" } });
    expect((await showList(context, { listId: first })).filter).toEqual(inLund);
  });

  test("build on each other only so deep", async () => {
    let listId = await makeList(context, inLund);
    for (let level = 1; level < 5; level++)
      listId = await makeList(context, where("lists", "IN_LIST", listId));
    const deeper = makeList(context, where("lists", "IN_LIST", listId));
    await expect(deeper).rejects.toMatchObject({ reason: "lists:too_deep" });
  });
});

test("is refused while something uses the list, and says what", async () => {
  const listId = await makeList(context, inLund, "Used");
  await makeList(context, where("lists", "IN_LIST", listId), "User");
  const view = { name: "Mine", shared: true, columns: null, sort: null };
  await createView(context, { ...view, filter: where("lists", "IN_LIST", listId) });
  expect(await listUses(context, { listId })).toMatchObject({
    uses: [
      { kind: "view", name: "Mine", blocks: false },
      { kind: "list", name: "User", blocks: true },
    ],
  });
  expect((await showList(context, { listId })).uses).toBe(2);
  const refused = deleteList(context, { listId, evenIfViews: "true" });
  await expect(refused).rejects.toMatchObject({ reason: "lists:in_use", details: { names: "User" } });

  const other = await makeList(context, inLund);
  await createView(context, { ...view, name: "Theirs", filter: where("lists", "NOT_IN_LIST", other) });
  await expect(deleteList(context, { listId: other, ...kept })).rejects.toMatchObject({
    reason: "lists:in_use_by_views",
  });
  await deleteList(context, { listId: other, evenIfViews: "true" });
  await expect(indexOf(where("lists", "NOT_IN_LIST", other))).rejects.toMatchObject({
    reason: "lists:unknown_list",
  });
});

test("can be taken back for 90 days, with what holds then", async () => {
  const active = await makeList(context, inLund, "Active one");
  await keepAll(context);
  await deleteList(context, { listId: active, ...kept });
  expect((await listLists(context, page)).lists).toEqual([]);
  expect((await listLists(context, { ...page, deleted: "true" })).lists).toMatchObject([
    { name: "Active one" },
  ]);
  await updateContact(context, { contactId: lund, properties: { city: "Umeå" } });
  await updateContact(context, { contactId: malmo, properties: { city: "Lund" } });
  await makeList(context, inLund, "Active one");
  await expect(restoreList(context, { listId: active })).rejects.toMatchObject({
    reason: "lists:name_taken",
  });
  await restoreList(context, { listId: active, name: "Back" });
  await keepAll(context);
  expect(await membersOf(context, active)).toEqual([malmo]);
  await expect(restoreList(context, { listId: active })).rejects.toMatchObject({
    reason: "lists:not_deleted",
  });
});

test("is for good after that", async () => {
  const listId = await makeList(context, inLund);
  await keepAll(context);
  await deleteList(context, { listId, ...kept });
  await sql`update list set deleted_at = now() - interval '91 days'
      where account_id = ${context.accountId} and id = ${listId}`.execute(database.db);
  await purgeLists({ ...context, accountId: "" });
  expect(await membersOf(context, listId)).toEqual([]);
  await expect(showList(context, { listId })).rejects.toMatchObject({ code: "not_found" });
});

describe("the list page", () => {
  test("sorts, searches, filters by type and folder, and pages", async () => {
    const [b, a] = [await makeList(context, inLund, "Ångra"), await makeList(context, undefined, "Anna")];
    await keepAll(context);
    const names = async (changes: object) =>
      (await listLists(context, { ...page, ...changes })).lists.map(({ name }) => name);
    expect(await names({})).toEqual(["Ångra", "Anna"].toSorted(new Intl.Collator("en").compare));
    expect(await names({ sort: "members", direction: "desc" })).toEqual(["Ångra", "Anna"]);
    expect(await names({ query: "angra" })).toEqual(["Ångra"]);
    expect(await names({ type: "static" })).toEqual(["Anna"]);
    expect(await names({ offset: 1, limit: 1 })).toHaveLength(1);
    expect((await listLists(context, { ...page, limit: 1 })).total).toBe(2);
    await moveLists(context, { listIds: [a, b], folderId: null });
    expect(await names({ folderId: "top" })).toHaveLength(2);
  });
});
