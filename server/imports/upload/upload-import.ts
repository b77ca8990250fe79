import type { ImportView, Plan } from "#contract/imports.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { type FileShape, type ImportProfile, MAX_FILE_BYTES, PART_BYTES } from "../import.ts";
import { guessType } from "../mapping/guess-type.ts";
import { proposePlan } from "../mapping/propose-plan.ts";
import { deleteImportRows, insertImport, insertPart, saveUpload } from "../queries.ts";
import { guessLocale } from "../reading/file-locale.ts";
import { refuseFile } from "../reading/file-refusal.ts";
import { inspectBytes } from "../reading/inspect-bytes.ts";
import { showImport } from "../show-import.ts";
import { openImport } from "./read-parts.ts";

const PREVIEW_ROWS = 200;
const SHOWN_ROWS = 8;

interface Upload {
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Stores a file in parts, so that any worker on any machine can read it, and looks at its beginning.
 * A file that cannot be read is refused and leaves nothing behind; so does a connection that breaks.
 */
export async function uploadImport(context: Context, upload: Upload): Promise<ImportView> {
  const importId = await insertImport(context, { fileName: upload.fileName.slice(-255) });
  try {
    const { bytes, ...found } = await storeParts(context, importId, upload.bytes);
    const profile: ImportProfile = { ...found, zone: context.actor.timeZone };
    const { shape, plan } = await lookInside(context, { importId, profile });
    await saveUpload(context, importId, { bytes, profile, shape, plan });
  } catch (error) {
    await deleteImportRows(context, importId);
    throw error;
  }
  return showImport(context, { importId });
}

async function storeParts(context: Context, importId: string, bytes: AsyncIterable<Uint8Array>) {
  const inspector = inspectBytes();
  let size = 0;
  let number = 0;
  let pending: Uint8Array[] = [];
  let pendingSize = 0;
  let writing: Promise<void> = Promise.resolve();
  async function flush(): Promise<void> {
    const part = { importId, number: number++, bytes: Buffer.concat(pending) };
    pending = [];
    pendingSize = 0;
    await writing;
    writing = insertPart(context, part);
    writing.catch(() => {});
  }
  for await (const piece of bytes) {
    size += piece.length;
    if (size > MAX_FILE_BYTES)
      throw new AppError("too_large", "imports:file_large", { limit: MAX_FILE_BYTES / 1024 ** 3 });
    inspector.add(piece);
    pending.push(piece);
    pendingSize += piece.length;
    if (pendingSize >= PART_BYTES) await flush();
  }
  if (pendingSize > 0) await flush();
  await writing;
  return { ...inspector.finish(), bytes: size };
}

async function lookInside(
  context: Context,
  file: { importId: string; profile: ImportProfile },
): Promise<{ shape: FileShape; plan: Plan }> {
  const opened = await openImport(context, file);
  const rows: { line: number; values: string[] }[] = [];
  for await (const batch of opened.rows) {
    rows.push(
      ...batch.slice(0, PREVIEW_ROWS - rows.length).map(({ line, fields }) => ({ line, values: fields })),
    );
    if (rows.length >= PREVIEW_ROWS) break;
  }
  if (rows.length === 0) refuseFile("header_only");
  const values = rows.map((row) => row.values);
  const { delimiter, header } = opened;
  const locale = guessLocale(values, {
    language: context.actor.language,
    zone: context.actor.timeZone,
    delimiter,
  });
  const catalogue = await loadCatalogue(context);
  const preview = rows
    .slice(0, SHOWN_ROWS)
    .map((row) => ({ ...row, values: row.values.map((value) => value.slice(0, 200)) }));
  const shape = {
    encoding: file.profile.kind === "xlsx" ? "xlsx" : file.profile.encoding,
    delimiter,
    header,
    columns: opened.columns,
    guesses: opened.columns.map((_, column) => guessType(values.map((row) => row[column] ?? ""))),
    preview,
  };
  return { shape, plan: await proposePlan(context, { columns: opened.columns, catalogue, locale }) };
}
