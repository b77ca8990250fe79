import { afterAll, beforeAll, expect, it } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { importFile } from "#test/import.ts";
import { makeList, membersOf, where } from "#test/lists.ts";

let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
});
afterAll(() => database.close());

it("puts everybody of the file on the chosen list, and its undo takes them off again", async () => {
  await importFile(context, "email,city\nknown@x.test,Lund\nold@x.test,Lund\n");
  const listId = await makeList(context);
  const file = "email,city\nknown@x.test,Lund\nold@x.test,Umeå\nnew@x.test,Lund\nnobody,Lund\n";
  const { result, operationId } = await importFile(context, file, { listId });
  expect(result).toMatchObject({ created: 1, updated: 1, unchanged: 1, rejected: 1 });
  expect(await membersOf(context, listId)).toHaveLength(3);
  const undone = await undoOperation(context, { operationId: operationId as string });
  await workOperation(context, undone.operationId, () => {});
  expect((await showOperation(context, undone)).state).toBe("done");
  expect(await membersOf(context, listId)).toEqual([]);
});

it("refuses an active list and a foreign one before anything is read", async () => {
  const active = await makeList(context, where("city", "EQ", "lund"));
  await expect(importFile(context, "email\na@x.test\n", { listId: active })).rejects.toMatchObject({
    reason: "lists:not_static",
  });
  const other = buildContext(database.db, { accountId: await buildAccount(database.db) });
  const foreign = await makeList(other);
  await expect(importFile(context, "email\na@x.test\n", { listId: foreign })).rejects.toMatchObject({
    reason: "lists:not_found",
  });
});
