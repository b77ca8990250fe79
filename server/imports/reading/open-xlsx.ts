import type { Readable } from "node:stream";
import { readSheet } from "read-excel-file/node";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { columnNames, isHeader } from "./detect-layout.ts";
import { refuseFile } from "./file-refusal.ts";
import { MAX_COLUMNS, MAX_XLSX_BYTES, MAX_XLSX_ROWS, MAX_XLSX_UNPACKED } from "./limits.ts";
import type { OpenFile } from "./open-csv.ts";
import type { Row } from "./row.ts";

/** Opens the first sheet of an .xlsx file. The archive is measured while it is unpacked, before its XML is read. */
export async function openXlsx(bytes: AsyncIterable<Uint8Array>): Promise<OpenFile> {
  const file = await collect(bytes);
  await measureArchive(file);
  const sheet = await readSheet(file).catch(() => refuseFile("xlsx_damaged"));
  const records: Row[] = sheet
    .map((cells, i) => ({
      line: i + 1,
      fields: cells.map((cell) => cellText(cell as Parameters<typeof cellText>[0])),
    }))
    .filter((row) => row.fields.some((field) => field !== ""));
  const first = records[0];
  if (!first) refuseFile("empty");
  const header = isHeader(first.fields);
  const columns = columnNames(header ? first.fields : first.fields.map(() => ""), first.line);
  return { columns, header, delimiter: null, rows: inBatches(header ? records.slice(1) : records) };
}

async function* inBatches(rows: Row[]): AsyncGenerator<Row[]> {
  for (let at = 0; at < rows.length; at += 1000) yield rows.slice(at, at + 1000);
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > MAX_XLSX_BYTES) refuseFile("xlsx_large", { limit: MAX_XLSX_ROWS });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** A sheet's cell as text: what `readSheet` gives are texts, numbers, booleans and dates. */
function cellText(cell: string | number | boolean | Date | null): string {
  if (cell === null) return "";
  if (cell instanceof Date) return dateText(cell);
  return String(cell)
    .replaceAll("\0", "")
    .replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** A day where the time is midnight, as sheets keep days; otherwise the instant the sheet shows. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ");
}

/** Unpacks everything once, counting: what a bomb declares is not believed. */
async function measureArchive(file: Buffer): Promise<void> {
  const zip = await fromBufferPromise(file, { lazyEntries: true }).catch(() => refuseFile("xlsx_damaged"));
  const budget = { left: MAX_XLSX_UNPACKED };
  let workbook = false;
  try {
    for await (const entry of zip.eachEntry()) {
      workbook ||= entry.fileName === "xl/workbook.xml";
      await measureEntry(zip, entry, budget);
    }
  } catch (error) {
    if (error instanceof Error && error.name === "AppError") throw error;
    refuseFile("xlsx_damaged");
  }
  if (!workbook) refuseFile("archive");
}

async function measureEntry(zip: ZipFile, entry: Entry, budget: { left: number }): Promise<void> {
  if (entry.uncompressedSize > budget.left) refuseFile("xlsx_large", { limit: MAX_XLSX_ROWS });
  if (entry.fileName.endsWith("/")) return;
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const measure = entry.fileName.startsWith("xl/worksheets/") ? sheetMeasure() : undefined;
  for await (const piece of stream) {
    const bytes = piece as Buffer;
    budget.left -= bytes.length;
    if (budget.left < 0) refuseFile("xlsx_large", { limit: MAX_XLSX_ROWS });
    const text = bytes.toString("latin1");
    if (text.includes("<!DOCTYPE") || text.includes("<!ENTITY")) refuseFile("xlsx_damaged");
    measure?.(text);
  }
}

/** Counts rows and refuses columns far out, piece by piece. */
function sheetMeasure(): (text: string) => void {
  let rows = 0;
  let tail = "";
  return (piece) => {
    const text = tail + piece;
    rows += text.split(/<row[\s>]/).length - 1;
    if (rows > MAX_XLSX_ROWS + 1) refuseFile("xlsx_rows", { limit: MAX_XLSX_ROWS });
    if (/\br="[B-Z][A-Z]{2}\d/.test(text)) {
      refuseFile("many_columns", { line: 1, columns: MAX_COLUMNS + 1, limit: MAX_COLUMNS });
    }
    tail = text.slice(-9).replace(/<row[\s>]/, "");
  };
}
