import { setImmediate } from "node:timers/promises";
import { csvParser } from "./csv-parser.ts";
import { decodeText } from "./decode-text.ts";
import { columnNames, detectLayout, isHeader, type Layout } from "./detect-layout.ts";
import { refuseFile } from "./file-refusal.ts";
import type { FileProfile } from "./inspect-bytes.ts";
import type { Row } from "./row.ts";

export interface OpenFile {
  readonly columns: string[];
  /** Whether the first record named them. */
  readonly header: boolean;
  readonly delimiter: string | null;
  /** The records after the header, some thousand at a time, with the bytes read so far. */
  readonly rows: AsyncGenerator<Row[]>;
}

const SAMPLE = 64 * 1024;

/** Opens a CSV file: decodes, finds delimiter and header, then reads record by record in flat memory. */
export async function openCsv(bytes: AsyncIterable<Uint8Array>, profile: FileProfile): Promise<OpenFile> {
  const pieces = decodeText(bytes, profile.encoding);
  const sample = await readSample(pieces);
  const layout = detectLayout(sample.slice(0, SAMPLE * 2));
  const records = withDamage(readRecords(sample, pieces, layout), profile.damaged);
  const batch = await firstBatch(records);
  const [first] = batch as [Row, ...Row[]];
  const header = isHeader(first.fields);
  const columns = columnNames(header ? first.fields : first.fields.map(() => ""), first.line);
  const rows = followedBy(header ? batch.slice(1) : batch, records);
  return { columns, header, delimiter: layout.delimiter, rows };
}

async function readSample(pieces: AsyncGenerator<string>): Promise<string> {
  let sample = "";
  while (sample.length < SAMPLE) {
    const next = await pieces.next();
    if (next.done) break;
    sample += next.value;
  }
  return sample;
}

async function firstBatch(records: AsyncGenerator<Row[]>): Promise<Row[]> {
  for (;;) {
    const next = await records.next();
    if (next.done) refuseFile("empty");
    if (next.value.length > 0) return next.value;
  }
}

/** Record by record, letting others have their turn after each piece. */
async function* readRecords(
  sample: string,
  pieces: AsyncGenerator<string>,
  layout: Layout,
): AsyncGenerator<Row[]> {
  const parser = csvParser(layout.delimiter, layout.hint > 0 ? 2 : 1);
  for (let text = sample.slice(layout.hint); ; ) {
    yield await parser.push(text);
    await setImmediate();
    const next = await pieces.next();
    if (next.done) break;
    text = next.value;
  }
  yield await parser.end();
}

/** Marks the rows whose bytes spell no character, when the file is known to have some. */
async function* withDamage(records: AsyncGenerator<Row[]>, damaged: boolean): AsyncGenerator<Row[]> {
  for await (const rows of records) {
    yield damaged
      ? rows.map((row) =>
          row.fields.some((field) => field.includes("\uFFFD")) ? { ...row, problem: "unreadable" } : row,
        )
      : rows;
  }
}

async function* followedBy(first: Row[], rest: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  yield first;
  yield* rest;
}
