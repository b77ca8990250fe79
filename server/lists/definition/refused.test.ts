import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { makeList, where } from "#test/lists.ts";
import { listLists } from "../overview/list-lists.ts";
import { previewList } from "../overview/preview-list.ts";
import { showList } from "../overview/show-list.ts";
import { convertList } from "./convert-list.ts";
import { copyList } from "./copy-list.ts";
import { createList } from "./create-list.ts";
import { deleteList, restoreList } from "./delete-list.ts";
import { findListId } from "./lists-source.ts";
import { updateList } from "./update-list.ts";

// What makes no sense is refused with a sentence, and nothing changes.

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

const inLund = where("city", "EQ", "lund");
const page = { query: "", deleted: "false", sort: "name", direction: "asc", offset: 0, limit: 50 } as const;
const kept = { evenIfViews: "false" } as const;

test.each([
  ["lists:filter_missing", { name: "X", type: "active" as const }],
  ["lists:static_filter", { name: "X", type: "static" as const, filter: inLund }],
  [
    "lists:active_selection",
    { name: "X", type: "active" as const, filter: inLund, selection: { ids: ["1"] } },
  ],
  ["filters:unknown_property", { name: "X", type: "active" as const, filter: where("nothing", "EQ", "1") }],
  [
    "lists:unknown_list",
    { name: "X", type: "active" as const, filter: where("lists", "IN_LIST", "987654321") },
  ],
  [
    "filters:value_unreadable",
    { name: "X", type: "active" as const, filter: where("lists", "IN_LIST", "x") },
  ],
  [
    "filters:operator_not_for_type",
    { name: "X", type: "active" as const, filter: where("lists", "EQ", "1") },
  ],
  ["lists:folder_not_found", { name: "X", type: "static" as const, folderId: "987654321" }],
  [
    "lists:too_many_named",
    {
      name: "X",
      type: "active" as const,
      filter: where("lists", "IN_LIST", ...Array.from({ length: 21 }, (_, i) => String(i + 1))),
    },
  ],
  [
    "lists:of_others",
    { name: "X", type: "active" as const, filter: where("marketing.duplicate", "EQ", "true") },
  ],
])("%s", async (reason, input) => {
  await expect(createList(context, { folderId: null, ...input })).rejects.toMatchObject({ reason });
  expect((await listLists(context, page)).total).toBe(0);
});

test("a name that is taken, whatever its case", async () => {
  await makeList(context, inLund, "Lund");
  await expect(makeList(context, undefined, "LUND")).rejects.toMatchObject({ reason: "lists:name_taken" });
});

test("more active lists than an account can have", async () => {
  await sql`insert into list (account_id, name, type, filter, created_at, created_by_type, updated_at)
      select ${context.accountId}, 'L' || n, 'active', '{"filterGroups":[]}', now(), 'system', now()
      from generate_series(1, 1000) n`.execute(database.db);
  await expect(makeList(context, inLund)).rejects.toMatchObject({
    reason: "lists:too_many_active",
    details: { max: 1000 },
  });
  await makeList(context);
});

test("another account's list is as missing as none", async () => {
  const foreign = await makeList(
    buildContext(database.db, { accountId: await buildAccount(database.db) }),
    inLund,
    "Foreign",
  );
  const missing = { code: "not_found" };
  await expect(showList(context, { listId: foreign })).rejects.toMatchObject(missing);
  await expect(updateList(context, { listId: foreign, name: "Mine" })).rejects.toMatchObject(missing);
  await expect(deleteList(context, { listId: foreign, ...kept })).rejects.toMatchObject(missing);
  await expect(convertList(context, { listId: foreign })).rejects.toMatchObject(missing);
  await expect(copyList(context, { listId: foreign, name: "Mine" })).rejects.toMatchObject(missing);
  await expect(restoreList(context, { listId: foreign })).rejects.toMatchObject(missing);
  await expect(previewList(context, { filter: inLund, listId: foreign })).rejects.toMatchObject(missing);
  await expect(findListId(context, "Foreign")).rejects.toMatchObject(missing);
  await expect(makeList(context, where("lists", "IN_LIST", foreign))).rejects.toMatchObject({
    reason: "lists:unknown_list",
  });
});
