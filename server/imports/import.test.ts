import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "#contract/imports.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { bytesOf, checkFile, importFile } from "#test/import.ts";
import { listRejections } from "./rejections/list-rejections.ts";
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

const importAll = (file: string | Uint8Array, changes: Partial<Plan> = {}) =>
  importFile(context, file, changes);

async function contacts() {
  const { rows } = await sql<Record<string, unknown>>`select c.*, m.until::text as until from contact c
    left join marketing_contact m on m.account_id = c.account_id and m.contact_id = c.id
    where c.account_id = ${context.accountId} and deleted_at is null order by c.id`.execute(database.db);
  return rows;
}

async function reasons(importId: string): Promise<string[]> {
  const { rejections } = await listRejections(context, { importId, after: 0, limit: 100 });
  return rejections.map(({ line, reason }) => `${line}: ${reason}`);
}

async function undo(operationId: string | null): Promise<void> {
  const undone = await undoOperation(context, { operationId: operationId ?? "" });
  await workOperation(context, undone.operationId, () => {});
}

async function history() {
  const { rows } = await sql<{
    old: object;
    new: object;
  }>`select old_values as old, new_values as new from property_change
    where account_id = ${context.accountId} order by id`.execute(database.db);
  return rows;
}

describe("importing", () => {
  it("creates, updates, leaves alone and rejects, and accounts for every row", async () => {
    await importAll("First name,E-mail,City\nAnn,ann@x.test,Oslo\nBo,bo@x.test,Lund\n");
    const result = await importAll(
      "First name,E-mail,City\nAnna,ANN@x.test,\nBo,bo@x.test.,Lund\nCid,cid@x.test,Umeå\nDag,nobody,\nAnn,ann@x.test,Bergen\n",
    );
    expect(result.forecast).toMatchObject({ rows: 5, created: 1, updated: 1, unchanged: 1, rejected: 2 });
    expect(result.result).toEqual({
      rows: 5,
      created: 1,
      updated: 1,
      unchanged: 1,
      rejected: 2,
      raised: 0,
      protected: 0,
      held: 0,
      refused: 0,
    });
    expect(await contacts()).toMatchObject([
      { firstname: "Anna", email: "ann@x.test", city: "Oslo", hs_object_source: "IMPORT" },
      { firstname: "Bo", email: "bo@x.test", city: "Lund" },
      { firstname: "Cid", email: "cid@x.test", city: "Umeå" },
    ]);
    expect(await reasons(result.id)).toEqual([
      "5: No e-mail address: “@” is missing",
      "6: Second use of “ann@x.test”, first in line 2 (Anna)",
    ]);
    expect((await history()).slice(2)).toEqual([
      { old: {}, new: { firstname: "Cid", email: "cid@x.test", city: "Umeå" } },
      { old: { firstname: "Ann" }, new: { firstname: "Anna" } },
    ]);
  });
});

describe("values", () => {
  it("reads typed values and options in the file's language", async () => {
    const custom = { description: "", groupName: "contactinformation", options: [], hasUniqueValue: false };
    await createProperty(context, { ...custom, label: "Born", type: "date", fieldType: "date" });
    await createProperty(context, { ...custom, label: "Score", type: "number", fieldType: "number" });
    await createProperty(context, { ...custom, label: "Member", type: "bool", fieldType: "booleancheckbox" });
    const result = await importAll(
      "E-post;Livscykelfas;Antal anställda;Born;Score;Member;Årsomsättning\na@x.test;Kund;37;31.12.1980;1 234,5;Ja;1.500,25\nb@x.test;VIP;;;;;\nc@x.test;;;40.1.2020;;;\nd@x.test;;;;x;;\n",
    );
    expect(await contacts()).toMatchObject([
      {
        lifecyclestage: "customer",
        numemployees: "25-50",
        annualrevenue: "1500.25",
        custom: { born: "1980-12-31", score: 1234.5, member: true },
      },
    ]);
    expect(await reasons(result.id)).toEqual([
      "3: Lifecycle stage: “VIP” is not an option",
      "4: Born: “40.1.2020” is no date",
      "5: Score: “x” is no number",
    ]);
  });
});

describe("matching", () => {
  it("creates only, or updates only", async () => {
    await importAll("E-mail,City\na@x.test,Oslo\n");
    const file = "E-mail,City\na@x.test,Lund\nb@x.test,Lund\n,Lund\n";
    expect((await importAll(file, { mode: "create" })).result).toMatchObject({
      created: 2,
      updated: 0,
      rejected: 1,
    });
    expect((await importAll(file.replaceAll("Lund", "Umeå"), { mode: "update" })).result).toMatchObject({
      created: 0,
      updated: 2,
      rejected: 1,
    });
  });

  it("matches by a unique property, and by id", async () => {
    const unique = { description: "", groupName: "contactinformation", options: [], hasUniqueValue: true };
    await createProperty(context, { ...unique, label: "Customer number", type: "string", fieldType: "text" });
    const match = "customer_number";
    await importAll("E-mail,Customer number\na@x.test,K1\nb@x.test,K2\n", { match });
    const moved = await importAll(
      "E-mail,Customer number\nnew@x.test,K1\nb@x.test,K1\na@x.test,K3\nb@x.test,K4\n",
      { match },
    );
    expect(moved.result).toMatchObject({ created: 0, updated: 1, rejected: 3 });
    const known = await contacts();
    expect(known).toMatchObject([
      { email: "new@x.test", custom: { customer_number: "K1" } },
      { email: "b@x.test" },
    ]);
    const byId = `Record ID,City\n${String(known[0]?.["id"])},Lund\n999999,Oslo\n`;
    expect((await importAll(byId, { match: "id" })).result).toMatchObject({ updated: 1, rejected: 1 });
  });

  it("lets the last row win when asked", async () => {
    const result = await importAll("E-mail,City\na@x.test,Oslo\na@x.test,Lund\n", { lastWins: true });
    expect(await contacts()).toMatchObject([{ city: "Lund" }]);
    expect(await reasons(result.id)).toEqual(["2: “a@x.test” comes again in line 3, which counts"]);
  });
});

describe("status", () => {
  it("keeps the split of another tool: marketing, waiting, opted out, bounced", async () => {
    const file =
      "E-mail,Marketing contact status,Marketing contact until next update,Unsubscribed from all email,Email hard bounce reason\n" +
      "a@x.test,Marketing contact,No,,\nb@x.test,Marketing contact,Yes,,\nc@x.test,Non-marketing contact,,,\n" +
      "d@x.test,Marketing contact,,true,\ne@x.test,Marketing contact,,,Unknown user\n";
    const result = await importAll(file, { status: "column" });
    expect(result.forecast).toMatchObject({ created: 5, raised: 2, protected: 2 });
    expect(result.result).toMatchObject({ created: 5, raised: 2, protected: 2, rejected: 0 });
    const untils = (await contacts()).map(({ until }) => until);
    expect(untils[0]).toBe("infinity");
    expect(untils[1]).toMatch(/^\d{4}-/);
    expect(untils.slice(2)).toEqual([null, null, null]);
    const again = await importAll(file, { status: "column" });
    expect(again.result).toMatchObject({ created: 0, updated: 0, unchanged: 5, raised: 0, protected: 2 });
  });

  it("schedules a marketing contact whom the file says to have unsubscribed, and its undo brings it back", async () => {
    await importAll("E-mail\na@x.test\n", { status: "new" });
    const result = await importAll("E-mail,Unsubscribed\na@x.test,Yes\n");
    expect(result.result).toMatchObject({ updated: 1 });
    expect((await contacts())[0]?.["until"]).toMatch(/^\d{4}-/);
    await undo(result.operationId);
    expect((await contacts())[0]?.["until"]).toBe("infinity");
  });

  it("raises only with the number that was shown", async () => {
    const { id: importId } = await checkFile(context, "E-mail\na@x.test\nb@x.test\n", { status: "new" });
    await expect(beginImport(context, { importId })).rejects.toMatchObject({ details: { actual: 2 } });
    await expect(beginImport(context, { importId, expect: 3 })).rejects.toMatchObject({
      code: "count_changed",
      details: { actual: 2 },
    });
    await beginImport(context, { importId, expect: 2 });
    await expect(beginImport(context, { importId, expect: 2 })).rejects.toBeInstanceOf(AppError);
  });
});

describe("refusals", () => {
  it("refuses hostile files and leaves nothing behind", async () => {
    for (const file of ["", "a,b\n", "a,a\n1,2\n", 'a,b\n1,"2\n', "a,b\n\0,1\n"]) {
      await expect(uploadImport(context, { fileName: "x.csv", bytes: bytesOf(file) })).rejects.toBeInstanceOf(
        AppError,
      );
    }
    const { rows } = await sql`select from import where account_id = ${context.accountId}`.execute(
      database.db,
    );
    expect(rows).toEqual([]);
  });

  it("stops at a bad line far down, having written nothing", async () => {
    const file = `E-mail,City\n${Array.from({ length: 30_000 }, (_, i) => `p${i}@x.test,Oslo\n`).join("")}q@x.test,"open\n`;
    const result = await checkFile(context, file);
    expect(result).toMatchObject({ state: "failed", failure: expect.stringContaining("line 30002") });
    expect(await contacts()).toEqual([]);
  });
});

describe("undo", () => {
  it("deletes what was created and restores what was changed, unless somebody has changed it since", async () => {
    await importAll("First name,E-mail,City\nAnn,a@x.test,Oslo\nBo,b@x.test,Oslo\n");
    const second = await importAll(
      "First name,E-mail,City\nAnna,a@x.test,Lund\nBosse,b@x.test,\nCid,c@x.test,\nDag,d@x.test,\n",
      { status: "all" },
    );
    await importAll("First name,E-mail\nBO,b@x.test\nDAG,d@x.test\n");
    await undo(second.operationId);
    expect(await contacts()).toMatchObject([
      { firstname: "Ann", city: "Oslo", until: null },
      { firstname: "BO", until: null },
      { firstname: "DAG", until: "infinity" },
    ]);
  });
});

function quoted(value: string): string {
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function countFilled(rows: string[][]): number {
  return rows.filter((fields) => fields.length > 1 || fields[0]?.trim()).length;
}

describe("accounting", () => {
  const cell = fc.constantFrom(
    "",
    "a@x.test",
    "b@x.test",
    "c@x.test.",
    " A@X.test",
    "nobody",
    "x@@y",
    "Ann",
    '"q',
    "1,5",
    "=1+1",
    "'t",
  );
  const row = fc.array(cell, { minLength: 1, maxLength: 4 });
  const file = fc.array(row, { minLength: 1, maxLength: 12 }).filter((rows) => countFilled(rows) > 0);
  const mode = fc.constantFrom("create", "update", "both");

  it("adds up for any file, and the dry run tells what then happens", async () => {
    await fc.assert(
      fc.asyncProperty(file, mode, fc.boolean(), async (rows, mode, lastWins) => {
        const text = `E-mail,First name,City\n${rows.map((fields) => fields.map(quoted).join(",")).join("\n")}\n`;
        const { forecast, result } = await importAll(text, { mode, lastWins });
        if (!result) throw new Error("has no result");
        expect(result.rows).toBe(countFilled(rows));
        expect(result.created + result.updated + result.unchanged + result.rejected).toBe(result.rows);
        expect(forecast).toMatchObject(result);
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
