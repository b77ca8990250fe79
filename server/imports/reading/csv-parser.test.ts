import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "#server/platform/errors.ts";
import { csvParser } from "./csv-parser.ts";
import type { Row } from "./row.ts";

/** Reads a text cut into pieces of some size, as it arrives from storage. */
async function readPieces(text: string, size: number): Promise<Row[]> {
  const parser = csvParser(",");
  const rows: Row[] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...(await parser.push(text.slice(at, at + size))));
  return [...rows, ...(await parser.end())];
}

async function refusal(text: string, size = 1_000_000): Promise<AppError> {
  const error: unknown = await readPieces(text, size).catch((error: unknown) => error);
  if (error instanceof AppError) return error;
  throw new Error("was not refused");
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

describe("records", () => {
  it("gives each record the line it begins in, whatever the line ends and however the text is cut", async () => {
    const text = 'a,b\r\n1,"two\r\nlines"\n\n\n2,x\r3,"""q"""\r\n4';
    for (const size of [1, 2, 3, 5, 100]) {
      expect(await readPieces(text, size)).toEqual([
        { line: 1, fields: ["a", "b"] },
        { line: 2, fields: ["1", "two\r\nlines"] },
        { line: 6, fields: ["2", "x"] },
        { line: 7, fields: ["3", '"q"'] },
        { line: 8, fields: ["4"] },
      ]);
    }
  });

  it("keeps a quotation mark inside an unquoted field and marks text after a closing one", async () => {
    expect(await readPieces('5" pipe,x\n"a"b,c\n"a" ,c\n"",c\n"""a""b",c\n"a"""  ,c\n"" \n', 4)).toEqual([
      { line: 1, fields: ['5" pipe', "x"] },
      { line: 2, fields: ['"a"b', "c"], problem: "quotes" },
      { line: 3, fields: ["a", "c"] },
      { line: 4, fields: ["", "c"] },
      { line: 5, fields: ['"a"b', "c"] },
      { line: 6, fields: ['a"', "c"] },
    ]);
  });
});

describe("tables", () => {
  it("gives back any table, and the line of each record, wherever the pieces are cut", async () => {
    const field = fc.string({ unit: fc.constantFrom("a", "å", '"', ",", "\n", "\r\n", "\r", " ", "ł") });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
    await fc.assert(
      fc.asyncProperty(table, lineEnd, fc.integer({ min: 1, max: 20 }), async (records, end, size) => {
        const texts = records.map((fields) => fields.map(quoted).join(",") + end);
        const expected = records.map((fields, i) => ({
          line: texts
            .slice(0, i)
            .join("")
            .split(/\r\n|\r|\n/).length,
          fields,
        }));
        expect(await readPieces(texts.join(""), size)).toEqual(expected);
      }),
    );
  });

  it("reads 2,000 columns and rows of other widths", async () => {
    const wide = Array.from({ length: 2000 }, (_, i) => `c${i}`);
    expect(await readPieces(`${wide.join(",")}\n1\n1,2\n`, 700)).toEqual([
      { line: 1, fields: wide },
      { line: 2, fields: ["1"] },
      { line: 3, fields: ["1", "2"] },
    ]);
  });
});

describe("limits", () => {
  it("refuses a quotation mark that is never closed, naming its line", async () => {
    const reason = "imports:file_unclosed_quote";
    expect(await refusal('a,b\n1,2\n3,"open\n4,5\n')).toMatchObject({ reason, details: { line: 3 } });
    expect(await refusal('a,b\r\n1,"x\r\ny"\r\n3,"open\r\n4,5')).toMatchObject({
      reason,
      details: { line: 4 },
    });
    expect(await refusal('a,b\n1,"open\n2,x"y"\n')).toMatchObject({ reason, details: { line: 2 } });
    expect(await refusal('a,b\n"å\r\n1","\n","open\n')).toMatchObject({ reason, details: { line: 4 } });
    expect(await refusal('a,b\n1,"\n')).toMatchObject({ reason, details: { line: 2 } });
  });

  it("gives up on an open quotation mark while reading, and on one that another closes far below", async () => {
    const reason = "imports:file_unclosed_quote";
    const open = `a,b\n1,"${"x,y\n".repeat(100_000)}`;
    expect(await refusal(open, 65_536)).toMatchObject({ reason, details: { line: 2 } });
    expect(await refusal(`${open}3,",4\n`, 65_536)).toMatchObject({ reason, details: { line: 2 } });
    const parser = csvParser(",");
    const endless = async () => {
      for (let read = 0; read < 6_000_000; read += 60_000) await parser.push(`"${"x\n".repeat(30_000)}"`);
    };
    await expect(endless()).rejects.toMatchObject({ reason });
  });

  it("refuses NUL bytes, naming the line", async () => {
    const reason = "imports:file_nul";
    expect(await refusal("a,b\r\n1,2\r\n3,\0\r\n")).toMatchObject({ reason, details: { line: 3 } });
    expect(await refusal('a,b\r\n1,"2\r\n3\0"\r\n')).toMatchObject({ reason, details: { line: 3 } });
  });

  it.each(["x", ","])("refuses an endless line of %j while reading, naming the line", async (letter) => {
    const parser = csvParser(",");
    const endless = async () => {
      await parser.push("a\n");
      for (let read = 0; read < 5_000_000; read += 50_000) await parser.push(letter.repeat(50_000));
    };
    await expect(endless()).rejects.toMatchObject({
      reason: "imports:file_long_line",
      details: { line: 2 },
    });
  });
});
