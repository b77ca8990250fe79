import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { planImport } from "#server/imports/check-import.ts";
import { planFor } from "#server/imports/mapping/plan-for-command.ts";
import { showImport } from "#server/imports/show-import.ts";
import { readImport } from "#server/imports/staging/read-import.ts";
import { beginImport } from "#server/imports/start-import.ts";
import { uploadImport } from "#server/imports/upload/upload-import.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";
import { askMeanwhile } from "./meanwhile.ts";

// How fast a file of 30 columns becomes contacts with addresses, history and search, from the first byte of the upload
// to the finished report, next to a bare copy of the same rows into a table of texts, and to that copy turned into the
// same tables by plain SQL, in the same run.
const rows = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);

const NAMES =
  "Email|First Name|Last Name|Phone Number|Mobile Phone Number|Company Name|Job Title|Industry|Website URL|Street Address|" +
  "City|State/Region|Postal Code|Country/Region|Number of Employees|Annual Revenue|Preferred language|Lifecycle Stage|" +
  "Lead Status|Twitter Username|Salutation|Shop|Points|Member|Since|Note|Topic|Score|Remark|Comment";

function line(i: number): string {
  return (
    `person${i}@example${i % 5000}.test,First${i % 3000},Last${i % 70_000},+46 70 ${1_000_000 + i},,"Company ${i % 40_000}, AB",` +
    `Manager ${i % 300},Industry ${i % 40},https://example${i % 5000}.test/,Street ${i % 9999},City ${i % 800},State ${i % 50},` +
    `${10_000 + (i % 89_999)},Country ${i % 60},${1 + (i % 500)},${(i * 13) % 1_000_000},sv,lead,NEW,tw${i},Ms,shop ${i % 90},` +
    `${i % 77},${i % 2 ? "yes" : "no"},2024-0${1 + (i % 9)}-1${i % 9},text ${i},topic ${i % 20},${i % 1000}.5,more ${i % 333},note ${i}\r\n`
  );
}

/** A file of the people from one number up to, but without, another. */
async function writeFile(path: string, from: number, to: number): Promise<void> {
  const file = await open(path, "w");
  await file.write(`${NAMES.replaceAll("|", ",")}\r\n`);
  for (let at = from; at < to; at += 5_000) {
    const count = Math.min(5_000, to - at);
    await file.write(Array.from({ length: count }, (_, i) => line(at + i)).join(""));
  }
  await file.close();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The same rows copied into a table of texts, and nothing else. */
async function bareCopy(owner: pg.Pool, path: string): Promise<number> {
  const columns = NAMES.split("|").map((_, i) => `c${i} text`);
  await owner.query(`create table bare (${columns.join(", ")})`);
  const client = await owner.connect();
  const taken = await seconds(() =>
    pipeline(
      createReadStream(path),
      client.query(copyFrom("copy bare from stdin with (format csv, header)")),
    ),
  );
  client.release();
  return taken;
}

/** Columns of `contact` that the first twenty-one columns of the file become, and the remaining ones as custom values. */
const CONTACT =
  `email|firstname|lastname|phone|mobilephone|company|jobtitle|industry|website|address|city|state|zip|country|
  numemployees|annualrevenue|hs_language|lifecyclestage|hs_lead_status|twitterhandle|salutation`.replace(
    /\s/g,
    "",
  );

/**
 * What somebody would write in SQL: the copied texts set-based into tables with the same columns and indexes, with an
 * address, a history row, a status and a ledger entry each; no checks, no report, nothing to resume or undo.
 */
async function bareImport(owner: pg.Pool): Promise<number> {
  const tables = ["contact", "contact_email", "property_change", "marketing_contact", "marketing_change"];
  for (const table of tables) await owner.query(`create table bare_${table} (like ${table} including all)`);
  const built = CONTACT.split("|");
  const values = built.map((name, i) => (name === "annualrevenue" ? `c${i}::numeric` : `c${i}`));
  const custom = NAMES.split("|").flatMap((name, i) =>
    i < built.length ? [] : [`'${name.toLowerCase()}', c${i}`],
  );
  const all = NAMES.split("|").map((name, i) => `'${name}', c${i}`);
  const taken = await seconds(async () => {
    await owner.query(`insert into bare_contact (account_id, ${built.join(", ")}, custom, hs_object_source, createdate, lastmodifieddate)
      select 1, ${values.join(", ")}, jsonb_build_object(${custom.join(", ")}), 'IMPORT', now(), now() from bare`);
    await owner.query(`insert into bare_contact_email (account_id, email_key, contact_id, email, is_primary, created_at)
      select 1, lower(email), id, email, true, now() from bare_contact`);
    await owner.query(`insert into bare_property_change (account_id, contact_id, at, source_type, actor_type, new_values)
      select 1, c.id, now(), 'IMPORT', 'command', jsonb_strip_nulls(jsonb_build_object(${all.join(", ")}))
      from bare b join bare_contact c on c.email = b.c0`);
    await owner.query(`insert into bare_marketing_contact (account_id, contact_id, until, since, source_type, actor_type)
      select 1, id, 'infinity', now(), 'IMPORT', 'command' from bare_contact`);
    await owner.query(`insert into bare_marketing_change (account_id, contact_id, kind, until_before, until_after, recorded_at,
      effective_at, delta, source_type, actor_type)
      select 1, id, 'set_marketing', null, 'infinity', now(), now(), 1, 'IMPORT', 'command' from bare_contact`);
  });
  await owner.query(`drop table bare, ${tables.map((table) => `bare_${table}`).join(", ")}`);
  return taken;
}

/** The whole way of a file: uploaded, read, confirmed, written. */
async function importFile(context: Context, path: string) {
  let importId = "";
  const upload = await seconds(async () => {
    const bytes = Readable.from(createReadStream(path, { highWaterMark: 1024 * 1024 }));
    const view = await uploadImport(context, { fileName: "people.csv", bytes });
    importId = view.id;
    const plan = planFor(view, {
      status: "new",
      mode: "both",
      match: "email",
      createProperties: true,
      listId: null,
    });
    await planImport(context, { importId, plan }, { enqueued: false });
  });
  const reading = await seconds(() => readImport(context, { importId }));
  const { forecast } = await showImport(context, { importId });
  const writing = await seconds(async () => {
    const { operationId } = await beginImport(context, { importId, expect: forecast?.raised });
    await workOperation(context, operationId, () => {});
  });
  const { result } = await showImport(context, { importId });
  return { upload, reading, writing, result };
}

registerKinds();
const folder = mkdtempSync(join(tmpdir(), "headroom-bench-import-"));
const path = join(folder, "people.csv");
const database = await openBenchDatabase();
let memory = 0;
const watch = setInterval(() => {
  memory = Math.max(memory, process.memoryUsage().rss);
}, 200);
try {
  await writeFile(path, 0, rows);
  const bare = await bareCopy(database.owner, path);
  const setBased = bare + (await bareImport(database.owner));
  const context = benchContext(database.db, await generateContacts(database.owner, { contacts: 0 }));
  const { upload, reading, writing, result } = await importFile(context, path);
  const memoryMb = Math.round(memory / 1024 ** 2);
  await writeFile(path, rows, rows + Math.ceil(rows / 4));
  const stopAsking = askMeanwhile(context);
  const shared = await importFile(context, path);
  const meanwhile = await stopAsking();
  console.log(
    JSON.stringify({
      ...result,
      uploadSeconds: Number(upload.toFixed(1)),
      readSeconds: Number(reading.toFixed(1)),
      writeSeconds: Number(writing.toFixed(1)),
      rowsPerSecond: Math.round(rows / (upload + reading + writing)),
      bareCopyRowsPerSecond: Math.round(rows / bare),
      ratioToBareCopy: Number((bare / (upload + reading + writing)).toFixed(2)),
      setBasedRowsPerSecond: Math.round(rows / setBased),
      ratioToSetBased: Number((setBased / (upload + reading + writing)).toFixed(2)),
      memoryMb,
      rowsPerSecondWhileOthersAsk: Math.round(rows / 4 / (shared.upload + shared.reading + shared.writing)),
      meanwhile,
    }),
  );
} finally {
  clearInterval(watch);
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
