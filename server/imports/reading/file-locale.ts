import type { DateOrder } from "./read-date.ts";

/** How the values of a file are written: found from the values, or chosen by a person. */
export interface FileLocale {
  readonly decimal: "," | ".";
  readonly dateOrder: DateOrder;
  /** Time zone of moments that name none. */
  readonly zone: string;
}

interface Defaults {
  readonly language: string;
  readonly zone: string;
  readonly delimiter: string | null;
}

/**
 * Finds how numbers and dates are written from the first rows; what they leave open follows the delimiter (a
 * semicolon is what programs write where the comma is the decimal mark) and the language and zone of the account.
 */
export function guessLocale(rows: readonly (readonly string[])[], defaults: Defaults): FileLocale {
  const votes: Votes = { comma: 0, dot: 0, dmy: 0, mdy: 0 };
  for (const fields of rows) for (const field of fields) if (field.length < 30) vote(field.trim(), votes);
  const { decimal, dateOrder } = usual(defaults);
  return {
    decimal: votes.comma === votes.dot ? decimal : votes.comma > votes.dot ? "," : ".",
    dateOrder: votes.dmy === votes.mdy ? dateOrder : votes.dmy > votes.mdy ? "dmy" : "mdy",
    zone: defaults.zone,
  };
}

interface Votes {
  comma: number;
  dot: number;
  dmy: number;
  mdy: number;
}

function usual({ language, zone, delimiter }: Defaults): Pick<FileLocale, "decimal" | "dateOrder"> {
  const comma = delimiter === ";" || (delimiter !== "," && language !== "en");
  return { decimal: comma ? "," : ".", dateOrder: zone.startsWith("America/") ? "mdy" : "dmy" };
}

function vote(field: string, votes: Votes): void {
  const date = /^(\d{1,2})\/(\d{1,2})\/\d{2,4}\b/.exec(field);
  if (date) {
    if (Number(date[1]) > 12) votes.dmy++;
    if (Number(date[2]) > 12) votes.mdy++;
    return;
  }
  if (/^-?[\d\s.\u00a0]*\d,(\d{1,2}|\d{4,})$/.test(field)) votes.comma++;
  if (/^-?[\d\s,\u00a0]*\d\.(\d{1,2}|\d{4,})$/.test(field)) votes.dot++;
}
