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
  let sample = "";
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    sample += next.value;
    if (sample.length >= SAMPLE) break;
  }
  const layout = detectLayout(sample.slice(0, SAMPLE * 2));
  const records = withDamage(readRecords(sample, pieces, layout), profile.damaged);
  let first: Row[] = [];
  while (first.length === 0) {
    const next = await records.next();
    if (next.done) refuseFile("empty");
    first = next.value;
  }
  const header = isHeader(first[0]?.fields ?? []);
  const named = header ? (first[0]?.fields ?? []) : (first[0]?.fields ?? []).map(() => "");
  const columns = columnNames(named, first[0]?.line ?? 1);
  const rows = followedBy(header ? first.slice(1) : first, records);
  return { columns, header, delimiter: layout.delimiter, rows };
}

async function* readRecords(
  sample: string,
  pieces: AsyncGenerator<string>,
  layout: Layout,
): AsyncGenerator<Row[]> {
  const parser = csvParser(layout.delimiter);
  let hint = layout.hint;
  for (let text = sample; ; ) {
    const rows = parser.push(text);
    if (hint && rows.length > 0) hint = rows.shift() === undefined;
    yield rows;
    const next = await pieces.next();
    if (next.done) break;
    text = next.value;
  }
  yield parser.end();
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
