import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "#server/platform/errors.ts";
import { csvParser } from "./csv-parser.ts";
import type { Row } from "./row.ts";

/** Reads a text cut into pieces of some size, as it arrives from storage. */
function readPieces(text: string, size: number, delimiter = ","): Row[] {
  const parser = csvParser(delimiter);
  const rows: Row[] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...parser.push(text.slice(at, at + size)));
  return [...rows, ...parser.end()];
}

function refusal(text: string, size = 1_000_000): AppError {
  try {
    readPieces(text, size);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("was not refused");
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

describe("records", () => {
  it("gives each record the line it begins in, whatever the line ends and however the text is cut", () => {
    const text = 'a,b\r\n1,"two\r\nlines"\n\n\n2,x\r3,"""q"""\r\n4';
    for (const size of [1, 2, 3, 5, 100]) {
      expect(readPieces(text, size)).toEqual([
        { line: 1, fields: ["a", "b"] },
        { line: 2, fields: ["1", "two\r\nlines"] },
        { line: 6, fields: ["2", "x"] },
        { line: 7, fields: ["3", '"q"'] },
        { line: 8, fields: ["4"] },
      ]);
    }
  });

  it("keeps a quotation mark inside an unquoted field and marks text after a closing one", () => {
    expect(readPieces('5" pipe,x\n"a"b,c\n"a" ,c\n"",c\n', 4)).toEqual([
      { line: 1, fields: ['5" pipe', "x"] },
      { line: 2, fields: ["ab", "c"], problem: "quotes" },
      { line: 3, fields: ["a", "c"] },
      { line: 4, fields: ["", "c"] },
    ]);
  });

  it("reads what csv-parse reads, for any table written by the rules", () => {
    const field = fc.string({ unit: fc.constantFrom("a", "å", '"', ",", "\n", "\r\n", " ", "ł") });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 20 }), (rows, size) => {
        const text = `${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
        const expected = parse(text, { relax_column_count: true, record_delimiter: "\r\n" });
        expect(readPieces(text, size).map((row) => row.fields)).toEqual(expected);
      }),
    );
  });
});

describe("limits", () => {
  it("refuses a quotation mark that is never closed, naming its line", () => {
    expect(refusal('a,b\n1,2\n3,"open\n4,5\n')).toMatchObject({
      reason: "imports:file_unclosed_quote",
      details: { line: 3 },
    });
    expect(refusal(`a,b\n1,"${"x,y\n".repeat(100_000)}`, 65_536)).toMatchObject({ details: { line: 2 } });
    expect(refusal('a,b\n1,"open\n2,x"y"\n')).toMatchObject({
      reason: "imports:file_unclosed_quote",
      details: { line: 2 },
    });
  });

  it("refuses NUL bytes and endless lines while reading, naming the line", () => {
    expect(refusal("a,b\r\n1,2\r\n3,\0\r\n")).toMatchObject({
      reason: "imports:file_nul",
      details: { line: 3 },
    });
    expect(refusal(`a\n${"x".repeat(5_000_000)}\n`, 100_000)).toMatchObject({
      reason: "imports:file_long_line",
      details: { line: 2 },
    });
  });
});
