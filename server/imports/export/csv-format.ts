import type { Options } from "csv-stringify";

/** A mark in front, so that spreadsheets in Sweden and Poland read å and ł; CR LF as RFC 4180 says. */
export const csvOptions: Options = { bom: true, record_delimiter: "\r\n" };

const DANGEROUS = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const HARMLESS = /^[+-]?[\d\s().,/-]*\d[\d\s().,/-]*$/;

/**
 * A cell that no spreadsheet runs as a formula. Numbers and telephone numbers (`-5`, `+46 70 123`) are none and stay
 * as they are; anything else that begins like a formula gets an apostrophe in front, which an import takes off again.
 */
export function guarded(value: string): string {
  if (!DANGEROUS.test(value)) return startsGuarded(value) ? `'${value}` : value;
  return HARMLESS.test(value) ? value : `'${value}`;
}

/** Undoes `guarded`: what an export has guarded comes back as it was. */
export function unguarded(value: string): string {
  return startsGuarded(value) ? value.slice(1) : value;
}

/** An apostrophe before something that begins like a formula, or before such an apostrophe. */
function startsGuarded(value: string): boolean {
  return /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value);
}
