import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";

const tags: Record<string, string> = { en: "en-GB", sv: "sv-SE", pl: "pl-PL" };
const joint: Record<string, string> = { en: ", ", sv: " kl. ", pl: ", godz. " };

type Instant = string | Date;
type DateStyle = Intl.DateTimeFormatOptions;

const SHORT: DateStyle = { day: "numeric", month: "short", year: "numeric" };
const LONG: DateStyle = { day: "numeric", month: "long", year: "numeric" };
const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

const minus = (text: string): string => text.replaceAll("-", "−");

/**
 * How numbers, dates and lists are written for one language and time zone. Instants are ISO texts or dates;
 * a date without a time ("2026-12-01") is taken as that day, whatever the zone.
 */
export function createFormat(language: string, zone: string) {
  const tag = tags[language] ?? "en-GB";
  return {
    language,
    zone,
    ...numberFormats(tag),
    ...dateFormats(tag, language, zone),
    /** 5 minutes ago, tomorrow, in 13 days. */
    relative: (instant: Instant, now: Date = new Date()) => relative(new Date(instant), now, tag),
    /** today, tomorrow, in 13 days: days of the calendar, not spans of 24 hours. */
    inDays: (days: number) => new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(days, "day"),
    /** Anna, Bo and Cecilia */
    list: (items: readonly string[], type: "conjunction" | "disjunction" = "conjunction") =>
      new Intl.ListFormat(tag, { type }).format(items),
    /** Sorts texts as the language does (å, ä, ö last in Swedish). */
    compare: new Intl.Collator(tag, { numeric: true }).compare,
  };
}

function numberFormats(tag: string) {
  const write = (value: number, options: Intl.NumberFormatOptions = {}): string =>
    minus(new Intl.NumberFormat(tag, options).format(value));
  return {
    /** 1,204 */
    number: write,
    /** +96, −146, 0 */
    signed: (value: number) => write(value, { signDisplay: "exceptZero" }),
    /** 67 % for 0.67. Never rounded up to all of it. */
    percent: (share: number) => write(share < 1 ? Math.min(share, 0.99) : share, { style: "percent" }),
    /** €396; minor units are shown only where there are any. */
    money: (value: number, currency: string) =>
      write(value, { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" }),
    /** 2.4 MB */
    bytes: (value: number) => bytes(value, tag),
  };
}

function dateFormats(tag: string, language: string, zone: string) {
  const date = (instant: Instant, style: DateStyle, timeZone = zone): string => {
    const plain = typeof instant === "string" && /^\d{4}-\d{2}-\d{2}$/.test(instant);
    const options = { ...style, timeZone: plain ? "UTC" : timeZone };
    return new Intl.DateTimeFormat(tag, options).format(new Date(instant));
  };
  const styled = (style: DateStyle) => (instant: Instant, timeZone?: string) =>
    date(instant, style, timeZone);
  const time = styled({ hour: language === "pl" ? "numeric" : "2-digit", minute: "2-digit" });
  const short = styled(SHORT);
  const long = styled(LONG);
  const moment = (instant: Instant, timeZone?: string): string =>
    `${long(instant, timeZone)}${joint[language] ?? ", "}${time(instant, timeZone)}`;
  return {
    /** 1 Dec 2026 */
    date: short,
    /** 1 Dec */
    day: styled({ day: "numeric", month: "short" }),
    /** 1 December */
    dayLong: styled({ day: "numeric", month: "long" }),
    /** 1 December 2026 */
    dateLong: long,
    /** Wednesday 18 November 2026 */
    weekday: styled({ ...LONG, weekday: "long" }),
    /** November 2026 */
    month: styled({ month: "long", year: "numeric" }),
    /** 00:00 */
    time,
    /** 1 Dec 2026, 14:32 */
    dateTime: (instant: Instant, timeZone?: string) =>
      `${short(instant, timeZone)}, ${time(instant, timeZone)}`,
    /** 1 December 2026, 00:00: where it binds; `zoned` adds the zone. */
    moment,
    /** 1 December 2026, 00:00 (Europe/Stockholm) */
    zoned: (instant: Instant, timeZone = zone) =>
      `${moment(instant, timeZone)} (${timeZone.replaceAll("_", " ")})`,
  };
}

export type Format = ReturnType<typeof createFormat>;

/** The zone that dates are shown in: the person's own. */
export const TimeZone = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Formats for the language on screen and the person's zone; where the account's zone binds, pass it. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const zone = useContext(TimeZone);
  return useMemo(() => createFormat(i18n.language, zone), [i18n.language, zone]);
}

function relative(instant: Date, now: Date, tag: string): string {
  const distance = instant.getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  for (const [unit, size] of units) {
    if (Math.abs(distance) >= size) return format.format(Math.round(distance / size), unit);
  }
  return format.format(0, "second");
}

function bytes(value: number, tag: string): string {
  const names = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), names.length - 1);
  const unit = names[power] ?? "byte";
  const style = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(tag, style).format(value / 1000 ** power);
}
