import { stringify } from "csv-stringify/sync";
import type { Language } from "#contract/languages.ts";
import type { Statement } from "./show-statement.ts";
import { decimal, statementWords } from "./statement-words.ts";

const DANGEROUS = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** One line a value and one for the total; plain numbers, so that spreadsheets and programs add them up. */
export function writeStatementCsv(statement: Statement, language: Language): string {
  const { say, label } = statementWords(language);
  const { by, rows, total, price } = statement;
  const money = (amount: number | null) =>
    price === null || amount === null ? [] : [decimal(amount, price.currency), price.currency];
  const line = (name: string, row: Statement["total"]) => [
    guarded(name),
    row.opening,
    row.raised,
    row.lowered,
    row.closing,
    ...money(row.price),
  ];
  const titles = [
    guarded(by?.label ?? say("statement_by_nothing")),
    ...["opening", "raised", "lowered", "closing"].map((name) => say(`statement_${name}`)),
    ...(price === null ? [] : [say("statement_price"), say("statement_currency")]),
  ];
  const lines = [...rows.map((row) => line(label(row), row)), line(say("statement_total"), total)];
  return stringify([titles, ...lines], { bom: true, record_delimiter: "\r\n" });
}

/** No spreadsheet runs a value as a formula. */
function guarded(value: string): string {
  return DANGEROUS.test(value) ? `'${value}` : value;
}
