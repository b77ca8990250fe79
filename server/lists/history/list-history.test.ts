import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { AppError } from "#server/platform/errors.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { createList } from "../definition/create-list.ts";
import { updateList } from "../definition/update-list.ts";
import { addToList, removeFromList } from "../members/change-members.ts";
import { listLists } from "../overview/list-lists.ts";
import { listHistory } from "./list-history.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

async function buildList() {
  const accountId = await buildAccount(database.db);
  const context = buildContext(database.db, { accountId });
  const names = ["Anna", "Bo", "Cecilia", "Daniel", "Eva"];
  const ids: string[] = [];
  for (const firstname of names)
    ids.push((await createContact(context, { properties: { firstname }, marketing: false })).id);
  const { list } = await createList(context, { name: "Fair", type: "static", folderId: null });
  return { context, ids, listId: list.id };
}

test("tells what was done to a list and who joined and left, newest first, page by page", async () => {
  const { context, ids, listId } = await buildList();
  const by = { sourceType: "USER_SET", sourceId: null, operationId: null };
  await addToList(context, { listId, ids, ...by });
  await removeFromList(context, { listId, ids: ids.slice(0, 1), operationId: null });
  await updateList(context, { listId, name: "Fair 2026" });

  const first = await listHistory(context, { listId, limit: 3 });
  expect(first.entries.map(({ type, contacts }) => [type, contacts])).toEqual([
    ["list.updated", 0],
    ["list.left", 1],
    ["list.joined", 5],
  ]);
  expect(first.entries[0]?.changed).toEqual(["name"]);
  expect(first.entries[2]?.some.map(({ name }) => name)).toEqual(["Anna", "Bo", "Cecilia"]);
  await sql`delete from contact where account_id = ${context.accountId} and id = ${ids[0]}`.execute(
    context.db,
  );
  const { entries } = await listHistory(context, { listId, limit: 3 });
  expect(entries[2]?.some.map(({ name, isGone }) => [name, isGone])).toEqual([
    ["", true],
    ["Bo", false],
    ["Cecilia", false],
  ]);
  const rest = await listHistory(context, { listId, limit: 3, after: first.after ?? undefined });
  expect(rest).toMatchObject({ entries: [{ type: "list.created" }], after: null });
  const { lists } = await listLists(context, {
    query: "",
    deleted: "false",
    sort: "name",
    direction: "asc",
    offset: 0,
    limit: 10,
  });
  expect(lists).toMatchObject([{ name: "Fair 2026", members: 4, weekChange: 4 }]);
});

test("the history of a foreign list is as missing as one that never was", async () => {
  const { listId } = await buildList();
  const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
  await expect(listHistory(other, { listId, limit: 10 })).rejects.toThrow(AppError);
});
