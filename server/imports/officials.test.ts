import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { importFile } from "#test/import.ts";

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

async function countContacts(): Promise<number> {
  const { rows } = await sql`select from contact
    where account_id = ${context.accountId} and deleted_at is null`.execute(database.db);
  return rows.length;
}

const officials = "../shared/data/officials.csv";
describe.skipIf(!existsSync(officials))("officials.csv (skipped where the file is absent)", () => {
  it("creates 8,261 contacts and rejects 540 rows; again nothing changes; undo takes it back", async () => {
    const result = await importFile(context, readFileSync(officials));
    expect(result.result).toMatchObject({
      rows: 8801,
      created: 8261,
      updated: 0,
      unchanged: 0,
      rejected: 540,
    });
    expect(result.forecast).toMatchObject({ createdWithoutAddress: 158 });
    expect(result.rejections.map(({ code, rows }) => [code, rows])).toEqual([
      ["no_address", 534],
      ["second_use", 6],
    ]);
    const again = await importFile(context, readFileSync(officials));
    expect(again.result).toMatchObject({ created: 158, updated: 0, unchanged: 8103, rejected: 540 });
    const undone = await undoOperation(context, { operationId: result.operationId ?? "" });
    await workOperation(context, undone.operationId, () => {});
    expect(await countContacts()).toBe(158);
  }, 120_000);

  it("creates those whose field is no address too, when asked", async () => {
    const result = await importFile(context, readFileSync(officials), { withoutAddress: true });
    expect(result.result).toMatchObject({ rows: 8801, created: 8795, rejected: 6 });
  }, 120_000);
});
