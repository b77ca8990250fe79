import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, history, running, work } from "#test/workflow.ts";
import { enrollContacts } from "../../enrollment/enroll-contacts.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

it("copies a value of its own to each contact as one operation, which is taken back as one", async () => {
  const context = await account(database.db);
  const { db, accountId } = context;
  const shape = { description: "", groupName: "contactinformation", options: [], hasUniqueValue: false };
  const { name } = await createProperty(context, {
    ...shape,
    label: "Score",
    type: "number",
    fieldType: "number",
  });
  const ids = await buildContacts(db, accountId, 4);
  const cities = ["12", "7.5", null, "Lund"];
  for (const [place, city] of cities.entries())
    await sql`update contact set city = ${city}, custom = jsonb_build_object(${name}::text, 1)
      where account_id = ${accountId} and id = ${ids[place]}`.execute(db);
  const copy = { id: "c", type: "copy_property", from: "city", to: name };
  const workflow = await running(context, { start: "c", steps: [copy] });
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  await work(context, workflow);
  const values = async () => {
    const { rows } = await sql<{ value: unknown }>`select custom -> ${name}::text as value from contact
      where account_id = ${accountId} order by id`.execute(db);
    return rows.map(({ value }) => value);
  };
  expect(await values()).toEqual([12, 7.5, null, 1]);
  expect(await history(context, workflow)).toMatchObject({ "c done edited": 3, "c done unfit": 1 });
  const { rows } = await sql<{ id: string; total: number }>`select id, total::int as total from operation
    where account_id = ${accountId} and source_type = 'WORKFLOW'`.execute(db);
  expect(rows.map(({ total }) => total)).toEqual([3]);
  const undo = await undoOperation(context, { operationId: rows[0]?.id ?? "" });
  await workOperation(context, undo.operationId, () => {});
  expect(await values()).toEqual([1, 1, 1, 1]);
});
