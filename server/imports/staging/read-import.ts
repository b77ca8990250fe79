import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Plan } from "#contract/imports.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { withClient } from "#server/platform/database.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { forecastRows } from "../forecast/forecast-rows.ts";
import { type ImportProfile, type ImportRow, requirePlan } from "../import.ts";
import { failImport, finishReading, saveReadBytes, saveStaged, selectImport } from "../queries.ts";
import type { Row } from "../reading/row.ts";
import { fetchTexts } from "../rejections/fetch-texts.ts";
import { clearRejections, countRejections, insertRejections } from "../rejections/queries.ts";
import { openImport } from "../upload/read-parts.ts";
import { rejectSecondRows } from "../writing/queries.ts";
import { type CompiledRow, compileRow } from "./compile-row.ts";
import { dropStaging, indexStaging, rejectSecondUses, setUnhurried, type UsedOnce } from "./queries.ts";
import { type Rejection, type StagedShape, stagingColumns, stagingTable } from "./staged.ts";

/** The first half of an advisory lock's keys: any number that is ours. */
const LOCK_CLASS = 4_300_010;
/** Bytes read between two notes of progress. */
const PROGRESS_BYTES = 8 * 1024 * 1024;
const REJECTIONS_AT_ONCE = 2_000;

interface Input {
  readonly importId: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Pass 1: reads the whole file into a staging table, rejects what cannot be imported, and counts what writing the
 * rest would do. Nothing of the account's data is touched. One process at a time reads an import; others leave it.
 */
export async function readImport(context: Context, input: Input): Promise<void> {
  const row = await selectImport(context, input.importId);
  if (row?.state !== "reading") return;
  try {
    await concludeReading(context, row, await stageFile(context, row, input));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await dropStaging(context, row.id);
    await failImport(context, row.id, { reason: error.reason, details: error.details });
  }
}

/** Reads the file into staging, also once more after a crash of the database server has emptied it. */
export async function stageFile(
  context: Context,
  row: ImportRow,
  { onProgress }: Omit<Input, "importId"> = {},
): Promise<StagedShape> {
  const { plan, profile } = requirePlan(row);
  const catalogue = await loadCatalogue(context);
  const compiled = compileRow({
    importId: row.id,
    plan,
    catalogue,
    locale: { decimal: plan.decimal, dateOrder: plan.dateOrder, zone: profile.zone },
  });
  await withClient(context.db, async (client) => {
    const { rows } = await client.query<{ free: boolean }>(
      "select pg_try_advisory_lock($1, hashtext($2)) as free",
      [LOCK_CLASS, `${context.accountId}/${row.id}`],
    );
    if (!rows[0]?.free) throw new AppError("unavailable", "imports:being_read", { importId: row.id });
    try {
      await clearRejections(context, row.id);
      await copyFile(context, client, { row, profile, compiled, onProgress });
    } finally {
      await client.query("select pg_advisory_unlock_all()").catch(() => {});
    }
  });
  await saveStaged(context, compiled.shape);
  await rejectDuplicates(context, compiled.shape, plan);
  return compiled.shape;
}

interface Copying {
  readonly row: ImportRow;
  readonly profile: ImportProfile;
  readonly compiled: CompiledRow;
  readonly onProgress: Input["onProgress"] | undefined;
}

async function copyFile(
  context: Context,
  client: pg.PoolClient,
  { row, profile, compiled, onProgress }: Copying,
): Promise<void> {
  const table = stagingTable(row.id);
  await client.query(`drop table if exists ${table}`);
  await client.query(`create unlogged table ${table} (${stagingColumns(compiled.shape).join(", ")})`);
  await client.query("set statement_timeout = 0");
  let noted = 0;
  const opened = await openImport(
    context,
    { importId: row.id, profile },
    {
      onBytes: (bytes) => {
        onProgress?.(bytes, row.bytes);
        if (bytes - noted < PROGRESS_BYTES) return;
        noted = bytes;
        void saveReadBytes(context, row.id, bytes).catch(() => {});
      },
    },
  );
  const lines = Readable.from(copyLines(context, row.id, { rows: opened.rows, compiled }), {
    objectMode: true,
    highWaterMark: 2,
  });
  await pipeline(lines, client.query(copyFrom(`copy ${table} from stdin`)));
  await client.query("reset statement_timeout");
}

/** The file's rows in Postgres' copy format, some thousand at a time; rejected ones go their own way. */
async function* copyLines(
  context: Context,
  importId: string,
  { rows, compiled }: { rows: AsyncGenerator<Row[]>; compiled: CompiledRow },
): AsyncGenerator<Buffer> {
  let rejected: Rejection[] = [];
  for await (const batch of rows) {
    const lines: string[] = [];
    for (const row of batch) {
      const line = compiled.convert(row);
      if (typeof line === "string") lines.push(line);
      else rejected.push(line);
    }
    if (lines.length > 0) yield Buffer.from(lines.join(""));
    while (rejected.length >= REJECTIONS_AT_ONCE) {
      await insertRejections(context, importId, rejected.slice(0, REJECTIONS_AT_ONCE));
      rejected = rejected.slice(REJECTIONS_AT_ONCE);
    }
  }
  await insertRejections(context, importId, rejected);
}

async function rejectDuplicates(context: Context, shape: StagedShape, plan: Plan): Promise<void> {
  await inTransaction(context, async (context) => {
    await setUnhurried(context);
    const once: UsedOnce[] = shape.unique.map((property) => ({ property }));
    if (shape.hasReference) once.push("reference");
    if (shape.hasEmail) once.push("email");
    for (const key of once) await rejectSecondUses(context, shape, { key, lastWins: plan.lastWins });
    await indexStaging(context, shape);
    await rejectSecondRows(context, { shape, plan });
  });
  await fetchTexts(context, { importId: shape.importId });
}

async function concludeReading(context: Context, row: ImportRow, shape: StagedShape): Promise<void> {
  const { plan } = requirePlan(row);
  const counted = await inTransaction(context, async (context) => {
    await setUnhurried(context);
    return forecastRows(context, { shape, plan });
  });
  const rejected = (await countRejections(context, row.id)).reduce((sum, { rows }) => sum + rows, 0);
  const rows = counted.created + counted.updated + counted.unchanged + counted.rejected + rejected;
  if (rows === 0) throw new AppError("unsupported", "imports:file_header_only");
  await finishReading(context, row.id, {
    rows,
    forecast: { ...counted, rows, rejected: counted.rejected + rejected },
  });
}
