import type { Language } from "#contract/languages.ts";
import { readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import type { Statement } from "./show-statement.ts";

const locales: Record<Language, string> = { en: "en-GB", sv: "sv-SE", pl: "pl-PL" };

/** The words and numbers of a statement in a language, for paper and files. */
export function statementWords(language: Language) {
  const say = (key: string, values: Record<string, unknown> = {}) => text(language, `usage:${key}`, values);
  const locale = locales[language];
  return {
    say,
    number: (value: number) => plain(readableNumber(language, value)),
    signed: (value: number) =>
      plain(new Intl.NumberFormat(locale, { signDisplay: "exceptZero" }).format(value)).replace("-", "−"),
    day: (day: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day)),
    money: (amount: number, currency: string) => {
      const format = new Intl.NumberFormat(locale, { style: "currency", currency });
      const { maximumFractionDigits = 2 } = format.resolvedOptions();
      return plain(format.format(amount / 10 ** maximumFractionDigits));
    },
    label: ({ type, label }: Statement["rows"][number]) => label ?? say(`statement_${type}`),
  };
}

/** As a plain number with a point, for files that programs read. */
export function decimal(amount: number, currency: string): string {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return (amount / 10 ** maximumFractionDigits).toFixed(maximumFractionDigits);
}

/** The narrow no-break space of some locales is in few fonts. */
function plain(written: string): string {
  return written.replaceAll("\u202f", "\u00a0");
}
