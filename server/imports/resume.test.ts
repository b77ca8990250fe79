import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import { cancelOperation } from "#server/operations/cancel-operation.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { checkFile, importFile } from "#test/import.ts";
import { createExport, openExport } from "./export/export-contacts.ts";
import { readAndStart } from "./read-and-start.ts";
import { downloadRejections } from "./rejections/download-rejections.ts";
import { retryRows } from "./rejections/retry-rows.ts";
import { showImport } from "./show-import.ts";
import { beginImport } from "./start-import.ts";

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

const people = (count: number, city = "Oslo") =>
  `E-mail,First name,City\n${Array.from({ length: count }, (_, i) => `p${i}@x.test,P${i},${city}\n`).join("")}`;

/** Begins an import and stops after its first chunk, as a killed process would. */
async function interrupted(file: string): Promise<{ importId: string; operationId: string }> {
  const { id: importId } = await checkFile(context, file);
  const { operationId } = await beginImport(context, { importId });
  const stop = new AbortController();
  await runOperation({ ...context, signal: stop.signal }, { operationId, onProgress: () => stop.abort() });
  return { importId, operationId };
}

async function countContacts(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from contact
    where account_id = ${context.accountId} and deleted_at is null`.execute(database.db);
  return rows[0]?.count ?? 0;
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = "";
  for await (const piece of stream) text += String(piece);
  return text;
}

describe("an import that is interrupted", () => {
  it("goes on where it was, without a contact twice", async () => {
    const { importId, operationId } = await interrupted(people(25_000));
    expect(await countContacts()).toBe(10_000);
    await workOperation(context, operationId, () => {});
    expect(await countContacts()).toBe(25_000);
    expect((await showImport(context, { importId })).result).toMatchObject({
      rows: 25_000,
      created: 25_000,
      rejected: 0,
    });
  });

  it("reads the file again when the database has lost the staged rows", async () => {
    const { importId, operationId } = await interrupted(people(12_000));
    await sql`truncate ${sql.raw(`staging.import_${importId}`)}`.execute(database.db);
    await workOperation(context, operationId, () => {});
    expect((await showImport(context, { importId })).result).toMatchObject({
      created: 12_000,
      updated: 0,
      unchanged: 0,
      rejected: 0,
    });
    const lost = await interrupted(people(12_000, "Lund"));
    await sql`drop table ${sql.raw(`staging.import_${lost.importId}`)}`.execute(database.db);
    await workOperation(context, lost.operationId, () => {});
    expect((await showImport(context, { importId: lost.importId })).result).toMatchObject({
      created: 0,
      updated: 12_000,
    });
  });

  it("says how many rows were not reached when it was cancelled", async () => {
    const { importId, operationId } = await interrupted(people(15_000));
    await cancelOperation(context, { operationId });
    await workOperation(context, operationId, () => {});
    const view = await showImport(context, { importId });
    expect(view).toMatchObject({ state: "cancelled", notReached: 5_000, result: { created: 10_000 } });
    expect(await countContacts()).toBe(10_000);
  });
});

describe("chunks that know nothing of each other", () => {
  it("leave a contact that two distant rows are about to the first of them", async () => {
    await importFile(context, "E-mail,City\nann@x.test,Oslo\n");
    await sql`insert into contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
      select account_id, 'other@x.test', id, 'other@x.test', false, now() from contact
      where account_id = ${context.accountId}`.execute(database.db);
    const between = people(10_500).split("\n").slice(1).join("\n");
    const view = await importFile(
      context,
      `E-mail,First name,City\nother@x.test,Ann,Lund\n${between}ann@x.test,Ann,Kalmar\n`,
    );
    expect(view.forecast).toMatchObject({ rows: 10_502, created: 10_500, updated: 1, rejected: 1 });
    expect(view.result).toMatchObject({ rows: 10_502, created: 10_500, updated: 1, rejected: 1 });
    const { rows } = await sql`select city from contact
      where account_id = ${context.accountId} and email = 'ann@x.test'`.execute(database.db);
    expect(rows).toEqual([{ city: "Lund" }]);
  });

  it("are worked side by side, and every row ends once", async () => {
    const { id: importId } = await checkFile(context, people(34_000));
    const { operationId } = await beginImport(context, { importId });
    await workOperation(context, operationId, () => {});
    expect((await showImport(context, { importId })).result).toMatchObject({
      rows: 34_000,
      created: 34_000,
      rejected: 0,
    });
    expect(await countContacts()).toBe(34_000);
  }, 120_000);
});

describe("rejected rows", () => {
  it("are mended and retried alone, under their own lines", async () => {
    const first = await importFile(
      context,
      "E-mail,First name\na@x.test,Ann\nb(at)x.test,Bo\nnobody,Cid\n-,Dag\n",
    );
    const retry = await retryRows(context, {
      importId: first.id,
      rows: [
        { line: 3, column: null, value: "b@x.test" },
        { line: 4, column: null, value: "still nobody" },
      ],
    });
    await readAndStart(context, { importId: retry.importId, start: true });
    const started = await showImport(context, { importId: retry.importId });
    await workOperation(context, started.operationId ?? "", () => {});
    const done = await showImport(context, { importId: retry.importId });
    expect(done.result).toMatchObject({ rows: 2, created: 1, rejected: 1 });
    const { retries, rejections } = await showImport(context, { importId: first.id });
    expect(retries).toEqual([{ id: retry.importId, rows: 2 }]);
    expect(rejections).toEqual([expect.objectContaining({ code: "no_address", rows: 3, open: 1 })]);
    const again = retryRows(context, {
      importId: first.id,
      rows: [{ line: 3, column: null, value: "c@x.test" }],
    });
    await expect(again).rejects.toMatchObject({ reason: "imports:nothing_to_retry" });
    const csv = await textOf((await downloadRejections(context, { importId: retry.importId })).csv);
    expect(csv).toBe(
      "\uFEFFLine,Reason,E-mail,First name\r\n4,No e-mail address: blanks inside,still nobody,Cid\r\n",
    );
  });

  it("download in the reader's language, safe for spreadsheets", async () => {
    const { id: importId } = await importFile(
      context,
      "E-mail,First name\na@x.test,Ann\n=HYPERLINK(1),=1+1\n",
    );
    const swedish = { ...context, actor: { ...context.actor, language: "sv" as const } };
    const csv = await textOf((await downloadRejections(swedish, { importId })).csv);
    expect(csv.split("\r\n")[1]).toBe("3,Ingen e-postadress: ”@” saknas,'=HYPERLINK(1),'=1+1");
  });
});

describe("an export", () => {
  it("comes back unchanged, formulas, phones and all", async () => {
    await importFile(
      context,
      'E-mail,First name,Phone number,City,Lifecycle stage,Annual revenue\na@x.test,=1+1,+46 70 123,"Öst, a""b",customer,-5.5\nb@x.test,\'t Hooft,-5,@home,lead,\n,-,,\'=x,,7\n',
    );
    const { exportId } = await createExport(context, {
      selection: { filter: { filterGroups: [] }, query: "" },
    });
    const { csv } = await openExport(context, { exportId });
    const text = await textOf(csv);
    expect(text).toContain("'=1+1");
    expect(text).toContain(",+46 70 123,");
    const again = await importFile(context, text, { match: "id" });
    expect(again.result).toMatchObject({ rows: 3, created: 0, updated: 0, unchanged: 3, rejected: 0 });
  });
});
