import type { Language } from "#contract/languages.ts";
import { text } from "./texts.ts";

/** The British way in English: the day first, and 24 hours. */
const locales: Record<Language, string> = { en: "en-GB", sv: "sv", pl: "pl" };

export function readableNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(locales[language]).format(value);
}

/** A moment in a zone that is named, such as "1 December 2026, 00:00 (Europe/Stockholm)". */
export function readableMoment(language: Language, instant: string | Date, timeZone: string): string {
  const at = new Date(instant);
  const date = new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone }).format(at);
  const time = new Intl.DateTimeFormat(locales[language], { timeStyle: "short", timeZone }).format(at);
  return text(language, "command-line:moment", { date, time, timeZone });
}

/** A day without a time, such as "1 December 2026" for 2026-12-01, whatever the zone. */
export function readableDate(language: Language, date: string): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(date),
  );
}

/** An amount in minor units of its currency, with as many decimals as that has. */
export function readableMoney(language: Language, amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locales[language], { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Date and time in a form that lines up: 2026-12-01 09:30. */
export function sortableMoment(instant: string | Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short", timeZone });
  return format.format(new Date(instant));
}
