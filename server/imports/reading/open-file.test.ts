import { existsSync, readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { AppError } from "#server/platform/errors.ts";
import { type FileProfile, inspectBytes } from "./inspect-bytes.ts";
import { openFile } from "./open-file.ts";

async function* pieces(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function read(file: Uint8Array, size = 1000) {
  const inspector = inspectBytes();
  for await (const piece of pieces(file, size)) inspector.add(piece);
  const profile: FileProfile = inspector.finish();
  const opened = await openFile(pieces(file, size), profile);
  const rows = [];
  for await (const batch of opened.rows) rows.push(...batch);
  return { profile, columns: opened.columns, header: opened.header, delimiter: opened.delimiter, rows };
}

async function refusal(file: Uint8Array): Promise<AppError> {
  const error = await read(file).then(
    () => new Error("was not refused"),
    (error: unknown) => error,
  );
  if (error instanceof AppError) return error;
  throw error;
}

const encode = (bytes: Record<string, number>, text: string) =>
  Buffer.from(Array.from(text).flatMap((letter) => bytes[letter] ?? letter.charCodeAt(0)));

describe("encodings", () => {
  const text = "Namn;E-post\r\nÅsa Öberg;asa@x.test\r\n";
  const row = [{ line: 2, fields: ["Åsa Öberg", "asa@x.test"] }];

  it.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\uFEFF${text}`)],
    ["utf-16le", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["utf-16le", Buffer.from(text, "utf16le")],
    ["utf-16be", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["windows-1252", Buffer.from(text, "latin1")],
  ] as const)("reads %s", async (encoding, file) => {
    const result = await read(file, 7);
    expect(result.profile.encoding).toBe(encoding);
    expect(result.columns).toEqual(["Namn", "E-post"]);
    expect(result.rows).toEqual(row);
  });

  const polish = "Imię,Nazwisko\nŁukasz,Żółw\nŚwiętosława,Gęślą\nGrażyna,Źdźbło\n";
  it("tells Polish in Windows-1250 from ISO-8859-2", async () => {
    const common = { ł: 0xb3, Ł: 0xa3, ę: 0xea, ó: 0xf3, ż: 0xbf, Ż: 0xaf };
    const windows = encode({ ...common, ą: 0xb9, ś: 0x9c, Ś: 0x8c, ź: 0x9f, Ź: 0x8f }, polish);
    const iso = encode({ ...common, ą: 0xb1, ś: 0xb6, Ś: 0xa6, ź: 0xbc, Ź: 0xac }, polish);
    expect(await read(windows)).toMatchObject({
      profile: { encoding: "windows-1250" },
      columns: ["Imię", "Nazwisko"],
    });
    const result = await read(iso);
    expect(result.profile.encoding).toBe("iso-8859-2");
    expect(result.rows[1]?.fields).toEqual(["Świętosława", "Gęślą"]);
  });

  it("sees the only ö of a file in its last line", async () => {
    const file = Buffer.concat([
      Buffer.from(`a,b\n${"x,y\n".repeat(200_000)}`),
      Buffer.from("Sk\u00f6ld,z\n", "latin1"),
    ]);
    const result = await read(file, 65_536);
    expect(result.profile.encoding).toBe("windows-1252");
    expect(result.rows.at(-1)).toEqual({ line: 200_002, fields: ["Sköld", "z"] });
  });

  it("marks only the broken rows of a UTF-8 file", async () => {
    const good = Buffer.from(`n,m\n${"Åsa,Öst\n".repeat(20)}`);
    const result = await read(Buffer.concat([good, Buffer.from([0x41, 0xff, 0x2c, 0x42, 0x0a])]));
    expect(result.profile).toMatchObject({ encoding: "utf-8", damaged: true });
    expect(result.rows.filter((row) => row.problem === "unreadable").map((row) => row.line)).toEqual([22]);
  });
});

describe("layout", () => {
  it.each([",", ";", "\t", "|"])("finds the delimiter %j", async (delimiter) => {
    const file = Buffer.from(`name${delimiter}e-mail\n"Öst, A; B|C"${delimiter}a@b.test\n`);
    expect(await read(file)).toMatchObject({
      delimiter,
      rows: [{ line: 2, fields: ["Öst, A; B|C", "a@b.test"] }],
    });
  });

  it("follows sep= and counts it as a line", async () => {
    expect(await read(Buffer.from("sep=;\r\na;b\r\n1;2\r\n"))).toMatchObject({
      columns: ["a", "b"],
      rows: [{ line: 3, fields: ["1", "2"] }],
    });
  });

  it("reads one column, and a file without a header", async () => {
    expect(await read(Buffer.from("E-mail\na@b.test\n"))).toMatchObject({
      columns: ["E-mail"],
      header: true,
    });
    const result = await read(Buffer.from("a@b.test,Ann\nc@d.test,Cid\n"));
    expect(result).toMatchObject({ header: false, columns: ["#1", "#2"] });
    expect(result.rows).toHaveLength(2);
  });
});

describe("hostile files", () => {
  it.each([
    ["empty", ""],
    ["empty", "\n\n \n"],
    ["binary", "%PDF-1.7\n..."],
    ["binary", "\u0089PNG\r\n\u001a\n"],
    ["binary", `a,b\n${"\u0001\u0002\u0003".repeat(50)}`],
    ["nul", `name,mail\n${"Ann,a@b.test\n".repeat(20)}B\0,c\n`],
    ["unclosed_quote", 'a,b\n1,"2\n3,4\n'],
    ["many_columns", `${Array.from({ length: 2000 }, (_, i) => `c${i}`).join(",")}\n`],
    ["duplicate_column", "name,Phone,PHONE\n1,2,3\n"],
    ["old_excel", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1"],
    ["xlsx_damaged", "PK\u0003\u0004 nothing"],
  ])("refuses one that is %s", async (problem, text) => {
    expect((await refusal(Buffer.from(text, "latin1"))).reason).toBe(`imports:file_${problem}`);
  });

  it("refuses an archive that is no workbook, and a bomb while it unpacks", async () => {
    expect((await refusal(zip("readme.txt", Buffer.from("hello")))).reason).toBe("imports:file_archive");
    const bomb = zip("xl/workbook.xml", Buffer.alloc(200 * 1024 * 1024));
    expect((await refusal(bomb)).reason).toBe("imports:file_xlsx_large");
  });
});

describe("xlsx", () => {
  it("reads text, numbers, days and yes or no as text", async () => {
    const header = ["Namn", "Antal", "Dag", "Ja"].map((value) => ({ value }));
    const cells = [
      { value: "Åsa" },
      { value: 1.5, type: Number },
      { value: new Date("2026-12-31"), type: Date, format: "yyyy-mm-dd" },
      { value: true, type: Boolean },
    ];
    const file = await writeExcelFile([header, [], cells] as never).toBuffer();
    const result = await read(file);
    expect(result.columns).toEqual(["Namn", "Antal", "Dag", "Ja"]);
    expect(result.rows).toEqual([{ line: 3, fields: ["Åsa", "1.5", "2026-12-31", "true"] }]);
  });
});

const officials = "../shared/data/officials.csv";
describe.skipIf(!existsSync(officials))("officials.csv (skipped where the file is absent)", () => {
  it("has 8,801 records of 13 columns", async () => {
    const result = await read(readFileSync(officials), 1 << 16);
    expect(result.rows).toHaveLength(8801);
    expect(result.columns).toHaveLength(13);
    expect(result.rows.every((row) => row.fields.length === 13 && !row.problem)).toBe(true);
  });
});

/** An archive with one packed entry. */
function zip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const crc = 0;
  const sizes = (buffer: Buffer, at: number) => {
    buffer.writeUInt16LE(8, at);
    buffer.writeUInt32LE(crc, at + 6);
    buffer.writeUInt32LE(packed.length, at + 10);
    buffer.writeUInt32LE(content.length, at + 14);
    buffer.writeUInt16LE(name.length, at + 18);
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  sizes(local, 8);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  sizes(central, 10);
  const end = Buffer.alloc(22);
  const before = local.length + name.length + packed.length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(before, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}
