import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "#contract/imports.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { planImport } from "./check-import.ts";
import { readImport } from "./staging/read-import.ts";
import { showImport } from "./show-import.ts";
import { beginImport } from "./start-import.ts";
import { uploadImport } from "./upload/upload-import.ts";

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

async function* bytesOf(file: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Reads a file from beginning to end without writing anything. */
async function check(file: string | Uint8Array, changes: Partial<Plan> = {}) {
  const { id: importId, plan } = await uploadImport(context, {
    fileName: "people.csv",
    bytes: bytesOf(file),
  });
  await planImport(context, { importId, plan: { ...(plan as Plan), ...changes } }, { enqueued: false });
  await readImport(context, { importId });
  return showImport(context, { importId });
}

async function importAll(file: string | Uint8Array, changes: Partial<Plan> = {}) {
  const { id: importId, forecast } = await check(file, changes);
  const { operationId } = await beginImport(context, { importId, expect: forecast?.raised });
  await workOperation(context, operationId, () => {});
  return showImport(context, { importId });
}

async function contacts() {
  const { rows } = await sql<Record<string, unknown>>`select c.*, m.until from contact c
    left join marketing_contact m on m.account_id = c.account_id and m.contact_id = c.id
    where c.account_id = ${context.accountId} and deleted_at is null order by c.id`.execute(database.db);
  return rows;
}

describe("importing", () => {
  it("creates, updates, leaves alone and rejects, and accounts for every row", async () => {
    await importAll("First name,E-mail,City\nAnn,ann@x.test,Oslo\nBo,bo@x.test,Lund\n");
    const result = await importAll(
      "First name,E-mail,City\nAnna,ANN@x.test,\nBo,bo@x.test.,Lund\nCid,cid@x.test,Umeå\nDag,nobody,\nAnn,ann@x.test,Bergen\n",
    );
    expect(result.forecast).toMatchObject({ rows: 5, created: 1, updated: 1, unchanged: 1, rejected: 2 });
    expect(result.result).toMatchObject({
      rows: 5,
      created: 1,
      updated: 1,
      unchanged: 1,
      rejected: 2,
      raised: 0,
      protected: 0,
    });
    expect(await contacts()).toMatchObject([
      { firstname: "Anna", email: "ann@x.test", city: "Oslo", hs_object_source: "IMPORT" },
      { firstname: "Bo", email: "bo@x.test", city: "Lund" },
      { firstname: "Cid", email: "cid@x.test", city: "Umeå" },
    ]);
  });
});

const officials = "../shared/data/officials.csv";
describe.skipIf(!existsSync(officials))("officials.csv (skipped where the file is absent)", () => {
  it("creates 8,261 contacts and rejects 540 rows", async () => {
    const result = await importAll(readFileSync(officials));
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
    const again = await importAll(readFileSync(officials));
    expect(again.result).toMatchObject({ created: 158, updated: 0, unchanged: 8103, rejected: 540 });
    const undone = await undoOperation(context, { operationId: result.operationId as string });
    await workOperation(context, undone.operationId, () => {});
    expect(await contacts()).toHaveLength(158);
  });

  it("creates those whose field is no address too, when asked", async () => {
    const result = await importAll(readFileSync(officials), { withoutAddress: true });
    expect(result.result).toMatchObject({ rows: 8801, created: 8795, rejected: 6 });
  });
});
