import { CsvError, type Options, Parser } from "csv-parse";
import { refuseFile } from "./file-refusal.ts";
import { MAX_RECORD, MAX_VALUE } from "./limits.ts";
import type { Row } from "./row.ts";

export interface CsvParser {
  /** The records completed by this piece of text. Blank lines are no records. */
  push(text: string): Promise<Row[]>;
  /** The last records, when no more text comes. */
  end(): Promise<Row[]>;
}

interface Found {
  readonly record: string[];
  /** The record as it stands in the file. */
  readonly raw: string;
}

/** How every file is read: any line ends mixed, records of any width, quotation marks where they do not belong. */
export const CSV_OPTIONS = {
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  relax_quotes: true,
} satisfies Options;

/**
 * Reads CSV with csv-parse from pieces of text. Lines are counted from the records' raw text, because the library's
 * own count takes a CR LF inside quotes for two.
 */
export function csvParser(delimiter: string, firstLine = 1): CsvParser {
  let rows: Row[] = [];
  let line = firstLine;
  let unfinished = 0;
  let bytes = 0;

  function take({ record, raw }: Found, end: number): void {
    unfinished = 0;
    bytes = end;
    const nul = raw.indexOf("\0");
    if (nul >= 0) refuseFile("nul", { line: line + lineBreaks(raw.slice(0, nul)) });
    const row = toRow(line, { record, raw });
    if (row) rows.push(row);
    line += lineBreaks(raw);
  }

  const parser = libraryParser(delimiter, take);

  async function settle(act: (done: (error?: Error | null) => void) => void): Promise<Row[]> {
    rows = [];
    const error = await new Promise<Error | null | undefined>(act);
    if (error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED")
      refuseFile("unclosed_quote", { line: line + lineBreaks(fieldsBefore(error, bytes)) });
    if (error) throw error;
    return rows;
  }

  async function end(): Promise<Row[]> {
    return settle((done) => parser.end(done));
  }

  async function push(text: string): Promise<Row[]> {
    unfinished += text.length;
    const found = await settle((done) => parser.write(text, done));
    if (unfinished <= MAX_RECORD) return found;
    const at = line;
    await end();
    return refuseFile("long_line", { line: at, limit: MAX_RECORD });
  }

  return { push, end };
}

/** Hands over each record as soon as it is complete, so that none waits in the stream to be read out of it. */
function libraryParser(delimiter: string, take: (found: Found, end: number) => void): Parser {
  const parser = new Parser({
    ...CSV_OPTIONS,
    delimiter,
    raw: true,
    on_record: (found, info) => {
      take(found as unknown as Found, info.bytes);
      return null;
    },
  });
  parser.on("error", () => {
    // Whoever pushed the text gets it.
  });
  return parser;
}

/** The complete fields before the one that is never closed, as they stand in the file. */
function fieldsBefore({ raw, bytes }: CsvError, recordStart: number): string {
  return Buffer.from(String(raw)).toString("utf8", 0, Number(bytes) - recordStart);
}

/** Nothing for a blank line; the file is refused when a quotation mark swallowed the lines after it. */
function toRow(line: number, found: Found): Row | undefined {
  const { record, raw } = found;
  // The library keeps no quotation mark of a well-formed field: without any left there is nothing to look into.
  const whole = record.some((field) => field.includes('"')) ? wholeFields(found) : record;
  const fields = whole ?? record;
  if (fields.length === 1 && !fields[0]?.trim()) return undefined;
  if ((!whole || fields.some((field) => field.length > MAX_VALUE * 2)) && /[\r\n]./.test(raw))
    refuseFile("unclosed_quote", { line });
  return whole ? { line, fields } : { line, fields, problem: "quotes" };
}

/** The fields, walking along their spelling in the file; undefined when one goes on after its closing quotation mark. */
function wholeFields({ record, raw }: Found): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (const field of record) {
    const [value, spelling] =
      raw[at] === '"' ? withoutTail(field, raw.startsWith(quoted(field), at)) : [field, field];
    if (!raw.startsWith(spelling, at)) return undefined;
    fields.push(value);
    at += spelling.length + 1;
  }
  return fields;
}

/** A field in quotes and its spelling. Blanks after the closing mark do no harm: the library keeps them and the marks. */
function withoutTail(field: string, isWhole: boolean): [value: string, spelling: string] {
  const [, value, tail] = (isWhole ? null : /^"(.*)"(\s+)$/s.exec(field)) ?? [];
  return value === undefined ? [field, quoted(field)] : [value, quoted(value) + tail];
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

/** Line breaks in a text, CR LF counting once. */
function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
