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
    const nextRecord = recordsOf(text, { delimiter, last });
    let at = 0;
    while (at < text.length) {
      const record = nextRecord(at, line);
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

interface Reading {
  readonly delimiter: string;
  readonly last: boolean;
}

/** Finds the record at a place of the text: by one split where no quotes are near, else letter by letter. */
function recordsOf(
  text: string,
  { delimiter, last }: Reading,
): (at: number, line: number) => Scanned | undefined {
  const plain = !hasLoneReturn(text);
  let quote = firstQuote(text, 0);
  return (at, line) => {
    if (quote < at) quote = firstQuote(text, at);
    const end = plain ? text.indexOf("\n", at) : -1;
    if (end >= 0 && quote > end) {
      const fields = text.slice(at, beforeReturn(text, end)).split(delimiter);
      return { fields, next: end + 1, lines: 1 };
    }
    const isCut = plain && quote === Number.POSITIVE_INFINITY && !last;
    return isCut ? undefined : scanRecord({ text, at, last, line, delimiter });
  };
}

function firstQuote(text: string, at: number): number {
  const found = text.indexOf('"', at);
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}

function beforeReturn(text: string, end: number): number {
  return end > 0 && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

interface Scanning extends Reading {
  readonly text: string;
  readonly at: number;
  readonly line: number;
}

/** One record with quotes or unusual line ends; undefined when the text stops before the record does. */
function scanRecord(scanning: Scanning): Scanned | undefined {
  const { text, line, delimiter } = scanning;
  const fields: string[] = [];
  let lines = 0;
  let damaged = false;
  for (let at = scanning.at; ; at++) {
    const field = scanField({ ...scanning, at, line: line + lines });
    if (!field) return undefined;
    fields.push(field.value);
    lines += field.lines;
    damaged ||= field.damaged;
    at = field.next;
    if (text[at] === delimiter) continue;
    const next = afterLineBreak(scanning, at);
    if (next === undefined) return undefined;
    if (damaged && lines > 0) refuseFile("unclosed_quote", { line });
    return { fields, next, lines: lines + 1, ...(damaged ? { problem: "quotes" as const } : {}) };
  }
}

interface Field {
  readonly value: string;
  /** Where its delimiter or line break stands. */
  readonly next: number;
  readonly lines: number;
  /** Something follows its closing quotation mark. */
  readonly damaged: boolean;
}

function scanField(scanning: Scanning): Field | undefined {
  const { text, at, last, delimiter } = scanning;
  const quoted = text[at] === '"' ? scanQuoted(scanning) : { value: "", next: at, lines: 0 };
  if (!quoted) return undefined;
  const next = fieldEnd(text, quoted.next, delimiter);
  if (next === text.length && !last) return undefined;
  const tail = text.slice(quoted.next, next);
  const isQuoted = quoted.next > at;
  const damaged = isQuoted && tail.trim() !== "";
  return {
    value: isQuoted && !damaged ? quoted.value : quoted.value + tail,
    next,
    lines: quoted.lines,
    damaged,
  };
}

/** Where the next record begins; undefined when a line feed may still follow the return. */
function afterLineBreak({ text, last }: Scanning, at: number): number | undefined {
  if (text[at] !== "\r") return Math.min(at + 1, text.length);
  if (at + 1 === text.length && !last) return undefined;
  return text[at + 1] === "\n" ? at + 2 : at + 1;
}

interface Quoted {
  readonly value: string;
  /** Where the text goes on. */
  readonly next: number;
  readonly lines: number;
}

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
