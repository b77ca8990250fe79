import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Language } from "#contract/languages.ts";
import { readableMoment } from "#server/platform/readable.ts";
import { projectRoot } from "#server/platform/root.ts";
import type { Statement } from "./show-statement.ts";
import { statementWords } from "./statement-words.ts";

const MARGIN = 48;
const ROW = 22;
const INK = "#171c24";
const DIM = "#616b7a";
const LINE = "#d8dde3";
const folder = join(projectRoot, "server/marketing-contacts/statement/fonts");

type Words = ReturnType<typeof statementWords>;

interface Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly words: Words;
  readonly statement: Statement;
  /** Where each column of numbers ends; the first column begins at the margin. */
  readonly ends: readonly number[];
}

/** The statement on A4, a heading on each page, with letters of all three languages. */
export async function writeStatementPdf(statement: Statement, language: Language): Promise<Readable> {
  // Only who asks for paper waits for its library.
  const { default: PDFDocument } = await import("pdfkit");
  const words = statementWords(language);
  const title = words.say("statement_title", { account: statement.account });
  const doc = new PDFDocument({
    size: "A4",
    // Without one it looks for its own on disk, which a bundle has not.
    font: join(folder, "inter-400.ttf"),
    margin: MARGIN,
    bufferPages: true,
    lang: language,
    info: { Title: title, Creator: "Headroom", CreationDate: new Date(statement.madeAt) },
  });
  doc.registerFont("plain", readFileSync(join(folder, "inter-400.ttf")));
  doc.registerFont("strong", readFileSync(join(folder, "inter-600.ttf")));
  const sheet = { doc, words, statement, ends: columnEnds(doc.page.width, statement.price !== null) };
  writeHead(sheet, title);
  writeTable(sheet);
  writeNotes(sheet, language);
  numberPages(sheet);
  doc.end();
  return Readable.from(doc);
}

function columnEnds(width: number, withPrice: boolean): number[] {
  const wide = withPrice ? [84, 62, 62, 62, 84] : [84, 74, 74, 74];
  let end = width - MARGIN;
  const ends: number[] = [];
  for (const column of wide.toReversed()) {
    ends.unshift(end);
    end -= column;
  }
  return ends;
}

function writeHead({ doc, words, statement }: Sheet, title: string): void {
  const { firstDay, lastDay, by, isOpen } = statement;
  doc.font("strong").fontSize(18).fillColor(INK).text(title);
  doc.moveDown(0.3).font("plain").fontSize(11).fillColor(INK);
  doc.text(words.say("statement_span", { first: words.day(firstDay), last: words.day(lastDay) }));
  doc.fillColor(DIM).fontSize(9);
  if (by !== null) doc.text(words.say("statement_by", { property: by.label }));
  if (isOpen) doc.text(words.say("statement_open"));
  doc.moveDown(1.2);
}

function writeTable(sheet: Sheet): void {
  const { doc, words, statement } = sheet;
  writeTitles(sheet);
  for (const row of statement.rows) {
    if (doc.y + ROW * 2 > doc.page.height - MARGIN) {
      doc.addPage();
      writeTitles(sheet);
    }
    writeRow(sheet, words.label(row), row);
    rule(sheet, 0.5);
  }
  doc.font("strong");
  writeRow(sheet, words.say("statement_total"), statement.total);
  doc.font("plain").moveDown(1.5);
}

function writeTitles(sheet: Sheet): void {
  const { doc, words, statement } = sheet;
  const names = ["opening", "raised", "lowered", "closing", ...(statement.price === null ? [] : ["price"])];
  doc.font("plain").fontSize(8.5).fillColor(DIM);
  writeCells(sheet, [statement.by?.label ?? "", ...names.map((name) => words.say(`statement_${name}`))]);
  rule(sheet, 1);
  doc.fontSize(9.5).fillColor(INK);
}

function writeRow(sheet: Sheet, label: string, row: Statement["total"]): void {
  const { words, statement } = sheet;
  const money = statement.price === null ? [] : [words.money(row.price ?? 0, statement.price.currency)];
  const { number, signed } = words;
  writeCells(sheet, [
    label,
    number(row.opening),
    signed(row.raised),
    signed(-row.lowered),
    number(row.closing),
    ...money,
  ]);
}

function writeCells({ doc, ends }: Sheet, cells: readonly string[]): void {
  const top = doc.y + 6;
  const [first = "", ...numbers] = cells;
  const space = (ends[0] ?? 0) - 84 - MARGIN;
  doc.text(first, MARGIN, top, { width: space, height: ROW - 8, ellipsis: true, lineBreak: false });
  numbers.forEach((cell, place) => {
    const end = ends[place] ?? 0;
    doc.text(cell, end - doc.widthOfString(cell), top, { lineBreak: false });
  });
  doc.x = MARGIN;
  doc.y = top + ROW - 6;
}

function rule({ doc }: Sheet, width: number): void {
  const { y } = doc;
  doc
    .moveTo(MARGIN, y)
    .lineTo(doc.page.width - MARGIN, y)
    .lineWidth(width)
    .strokeColor(LINE)
    .stroke();
}

function writeNotes({ doc, words, statement }: Sheet, language: Language): void {
  const { price, by, timeZone, madeAt, rows } = statement;
  const notes = [
    words.say("statement_zone", { timeZone }),
    ...(by === null ? [] : [words.say("statement_values")]),
    ...(rows.some(({ type }) => type === "gone") ? [words.say("statement_gone_note")] : []),
    ...(price === null ? [] : [words.say("statement_price_note", { tier: words.number(price.tier) })]),
    ...(price?.example ? [words.say("statement_example")] : []),
    words.say("statement_made", { at: readableMoment(language, madeAt, timeZone) }),
  ];
  doc.fontSize(8.5).fillColor(DIM);
  for (const note of notes)
    doc.text(note, MARGIN, doc.y, { width: doc.page.width - MARGIN * 2 }).moveDown(0.3);
}

function numberPages({ doc, words }: Sheet): void {
  const { count } = doc.bufferedPageRange();
  if (count === 1) return;
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    // Below the margin pdfkit would begin another page.
    doc.page.margins.bottom = 0;
    doc.font("plain").fontSize(8.5).fillColor(DIM);
    doc.text(words.say("statement_page", { page: page + 1, count }), MARGIN, doc.page.height - 32, {
      lineBreak: false,
    });
  }
}
