import { refuseFile } from "./file-refusal.ts";
import { MAX_RECORD, MAX_VALUE } from "./limits.ts";
import type { Row } from "./row.ts";

export interface CsvParser {
  /** The records completed by this piece of text. Blank lines are no records. */
  push(text: string): Row[];
  /** The last record, when the file does not end with a line break. */
  end(): Row[];
}

interface Scanned {
  readonly fields: string[];
  readonly next: number;
  readonly lines: number;
  readonly problem?: "quotes";
}

/**
 * Reads CSV by RFC 4180 from pieces of text, any line ends mixed. Own code because every record must name its exact
 * line, limits must hold while reading, and a line without quotes (nearly all) costs one split.
 */
export function csvParser(delimiter: string): CsvParser {
  let rest = "";
  let line = 1;

  function read(text: string, last: boolean): Row[] {
    const nul = text.indexOf("\0");
    if (nul >= 0) refuseFile("nul", { line: line + lineBreaks(text.slice(0, nul)) });
    const rows: Row[] = [];
    const plain = !hasLoneReturn(text);
    let quote = text.indexOf('"');
    let at = 0;
    while (at < text.length) {
      const end = plain ? text.indexOf("\n", at) : -1;
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      let record: Scanned | undefined;
      if (end >= 0 && (quote < 0 || quote > end)) {
        const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
        record = { fields: text.slice(at, stop).split(delimiter), next: end + 1, lines: 1 };
      } else if (!plain || quote >= 0 || last) {
        record = scanRecord({ text, at, last, line, delimiter });
      }
      if (!record) break;
      const { fields, problem } = record;
      if (fields.length > 1 || fields[0]?.trim())
        rows.push(problem ? { line, fields, problem } : { line, fields });
      line += record.lines;
      at = record.next;
    }
    rest = text.slice(at);
    if (rest.length > MAX_RECORD) refuseFile("long_line", { line, limit: MAX_RECORD });
    return rows;
  }

  return { push: (text) => read(rest + text, false), end: () => read(rest, true) };
}

interface Scanning {
  readonly text: string;
  readonly at: number;
  readonly last: boolean;
  readonly line: number;
  readonly delimiter: string;
}

/** One record with quotes or unusual line ends; undefined when the text stops before the record does. */
function scanRecord(scanning: Scanning): Scanned | undefined {
  const { text, last, line, delimiter } = scanning;
  const fields: string[] = [];
  let lines = 0;
  let damaged = false;
  let i = scanning.at;
  for (;;) {
    const quoted = text[i] === '"' ? scanQuoted({ ...scanning, at: i, line: line + lines }) : NO_QUOTES;
    if (!quoted) return undefined;
    lines += quoted.lines;
    if (quoted.next > 0) i = quoted.next;
    const stop = fieldEnd(text, i, delimiter);
    if (stop === text.length && !last) return undefined;
    const tail = text.slice(i, stop);
    if (quoted.next > 0 && tail.trim() !== "") damaged = true;
    fields.push(quoted.next > 0 && !tail.trim() ? quoted.value : quoted.value + tail);
    i = stop;
    if (text[i] === delimiter) {
      i++;
      continue;
    }
    if (text[i] === "\r" && i + 1 === text.length && !last) return undefined;
    const next = text[i] === "\r" && text[i + 1] === "\n" ? i + 2 : Math.min(i + 1, text.length);
    if (damaged && lines > 0) refuseFile("unclosed_quote", { line });
    return { fields, next, lines: lines + 1, ...(damaged ? { problem: "quotes" as const } : {}) };
  }
}

interface Quoted {
  readonly value: string;
  /** Where the text goes on; 0 when the field has no quotes. */
  readonly next: number;
  readonly lines: number;
}

const NO_QUOTES: Quoted = { value: "", next: 0, lines: 0 };

/** A field in quotes; undefined when its closing quote has not arrived yet. */
function scanQuoted({ text, at, last, line }: Scanning): Quoted | undefined {
  let value = "";
  let from = at + 1;
  for (;;) {
    const close = text.indexOf('"', from);
    const end = close < 0 ? text.length : close;
    if (end - at > MAX_VALUE * 2 || (close < 0 && last)) refuseFile("unclosed_quote", { line });
    if (close < 0 || (close + 1 === text.length && !last)) return undefined;
    if (text[close + 1] !== '"') {
      value += text.slice(from, close);
      return { value, next: close + 1, lines: lineBreaks(value) };
    }
    value += text.slice(from, close + 1);
    from = close + 2;
  }
}

function fieldEnd(text: string, at: number, delimiter: string): number {
  const stop = delimiter.charCodeAt(0);
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === stop || code === 10 || code === 13) return i;
  }
  return text.length;
}

function hasLoneReturn(text: string): boolean {
  for (let at = text.indexOf("\r"); at >= 0; at = text.indexOf("\r", at + 1)) {
    if (at + 1 < text.length && text.charCodeAt(at + 1) !== 10) return true;
  }
  return false;
}

/** Line breaks in a text, CR LF counting once. */
function lineBreaks(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}
