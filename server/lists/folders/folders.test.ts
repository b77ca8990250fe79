import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { makeList } from "#test/lists.ts";
import { moveLists } from "../definition/update-list.ts";
import { showList } from "../overview/show-list.ts";
import { createFolder, deleteFolder, listFolders, updateFolder } from "./change-folders.ts";

let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
});

const folder = async (name: string, parentId: string | null = null) =>
  (await createFolder(context, { name, parentId })).id;

test("folders hold lists and folders; what is in a deleted one moves up", async () => {
  const outer = await folder("Outer");
  const inner = await folder("Inner", outer);
  const listId = await makeList(context);
  await moveLists(context, { listIds: [listId], folderId: inner });
  expect(await listFolders(context)).toMatchObject({
    folders: [
      { name: "Inner", parentId: outer, lists: 1 },
      { name: "Outer", parentId: null, lists: 0 },
    ],
    top: 0,
  });
  expect(await deleteFolder(context, { folderId: inner })).toEqual({ moved: 1 });
  expect((await showList(context, { listId })).folderId).toBe(outer);
  await deleteFolder(context, { folderId: outer });
  expect((await showList(context, { listId })).folderId).toBeNull();
});

describe("refused", () => {
  test("a name that is taken in the same place, but not elsewhere", async () => {
    const outer = await folder("One");
    await expect(folder("ONE")).rejects.toMatchObject({ reason: "lists:folder_name_taken" });
    const inner = await folder("One", outer);
    await expect(updateFolder(context, { folderId: inner, parentId: null })).rejects.toMatchObject({
      reason: "lists:folder_name_taken",
    });
    expect(await updateFolder(context, { folderId: inner, name: "Two" })).toMatchObject({ name: "Two" });
  });

  test("a place inside itself, too deep, or foreign", async () => {
    const outer = await folder("Outer");
    const inner = await folder("Inner", outer);
    await expect(updateFolder(context, { folderId: outer, parentId: inner })).rejects.toMatchObject({
      reason: "lists:folder_in_itself",
    });
    let deepest = inner;
    for (let level = 3; level <= 5; level++) deepest = await folder(`Level ${level}`, deepest);
    await expect(folder("Deeper", deepest)).rejects.toMatchObject({ reason: "lists:folder_too_deep" });
    const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
    const foreign = await createFolder(other, { name: "Foreign", parentId: null });
    const missing = { reason: "lists:folder_not_found" };
    await expect(folder("In it", foreign.id)).rejects.toMatchObject(missing);
    await expect(updateFolder(context, { folderId: foreign.id, name: "Mine" })).rejects.toMatchObject(
      missing,
    );
    await expect(deleteFolder(context, { folderId: foreign.id })).rejects.toMatchObject(missing);
    await expect(moveLists(context, { listIds: ["1"], folderId: foreign.id })).rejects.toMatchObject(missing);
  });
});
