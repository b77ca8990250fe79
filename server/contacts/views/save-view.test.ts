import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { listViews } from "./list-views.ts";
import { createView, deleteView, orderViews, updateView } from "./save-view.ts";
import type { ViewContent } from "./view.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  await sql`insert into account (name, time_zone, language, created_at) values ('One', 'UTC', 'en', now())`.execute(
    fresh.db,
  );
});
afterAll(() => fresh.close());

const person = (
  id: string,
  accountId: string,
  permissions: readonly "contacts.edit"[] = ["contacts.edit"],
): Context => buildContext(fresh.db, { accountId, actor: { id, permissions: new Set(permissions) } });
const content = (name: string, shared = true): ViewContent => ({
  name,
  shared,
  filter: { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "Lund" }] }] },
  columns: ["email", "city"],
  sort: { propertyName: "city", direction: "asc" },
});
const titles = async (context: Context) =>
  (await listViews(context)).views.map(({ key, name }) => name || key);
const DEFAULTS = ["all", "marketing", "waiting", "non-marketing", "unsubscribed-or-bounced", "customers"];

test("an account starts with six views, however many look first", async () => {
  const anna = person("1", "1");
  const seen = await Promise.all([1, 2, 3].map(() => listViews(anna)));
  for (const { views } of seen) expect(views.map(({ key }) => key)).toEqual(DEFAULTS);
  expect(await titles(anna)).toEqual(DEFAULTS);
});

test("a view made before anybody looked stands after the six", async () => {
  const early = person("1", "9");
  await createView(early, content("First"));
  expect(await titles(early)).toEqual([...DEFAULTS, "First"]);
});

test("views are shared or private, and stay in their account", async () => {
  const [anna, bo, foreign] = [person("1", "2"), person("2", "2"), person("1", "3")];
  await listViews(anna);
  const shared = await createView(anna, content("Shared"));
  const own = await createView(anna, content("Own", false));
  expect(own).toMatchObject({ ...content("Own", false), key: null, mine: true, editable: true });
  expect(await titles(anna)).toEqual([...DEFAULTS, "Shared", "Own"]);
  expect(await titles(bo)).toEqual([...DEFAULTS, "Shared"]);
  expect(await titles(foreign)).toEqual(DEFAULTS);
  for (const context of [bo, foreign]) {
    await expect(updateView(context, { viewId: own.id, name: "Taken" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(deleteView(context, { viewId: own.id })).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(updateView(bo, { viewId: shared.id, shared: false })).rejects.toMatchObject({
    code: "not_allowed",
  });
  expect(await updateView(bo, { viewId: shared.id, name: "Ours", sort: null })).toMatchObject({
    name: "Ours",
    sort: null,
    columns: ["email", "city"],
  });
});

test("without the permission to edit contacts only one's own views change", async () => {
  const [anna, reader] = [person("1", "4"), person("2", "4", [])];
  const shared = await createView(anna, content("Shared"));
  expect((await listViews(reader)).views.at(-1)).toMatchObject({
    name: "Shared",
    editable: false,
    mine: false,
  });
  await expect(updateView(reader, { viewId: shared.id, name: "x" })).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(orderViews(reader, { viewIds: [] })).rejects.toMatchObject({ code: "not_allowed" });
  const own = await createView(reader, content("Mine", false));
  await deleteView(reader, { viewId: own.id });
  expect(await titles(reader)).toEqual([...DEFAULTS, "Shared"]);
});

test("tabs can be put in another order and taken away; a filter that cannot be read is refused", async () => {
  const anna = person("1", "5");
  const { views } = await listViews(anna);
  const [customers, waiting] = [views[5]?.id ?? "", views[2]?.id ?? ""];
  await orderViews(anna, { viewIds: [customers, waiting] });
  await deleteView(anna, { viewId: waiting });
  expect(await titles(anna)).toEqual([
    "customers",
    "all",
    "marketing",
    "non-marketing",
    "unsubscribed-or-bounced",
  ]);
  const bad = {
    filterGroups: [{ filters: [{ propertyName: "nope", operator: "EQ" as const, value: "1" }] }],
  };
  await expect(createView(anna, { ...content("Bad"), filter: bad })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(updateView(anna, { viewId: customers, filter: bad })).rejects.toMatchObject({
    code: "invalid_input",
  });
});
