export type DateOrder = "dmy" | "mdy";

const MONTHS: Record<string, number> = {};
const MONTH_NAMES = [
  "jan january januari stycznia sty",
  "feb february februari lutego lut",
  "mar march mars marca",
  "apr april kwietnia kwi",
  "may maj maja",
  "jun june juni czerwca cze",
  "jul july juli lipca lip",
  "aug august augusti sierpnia sie",
  "sep sept september września wrz",
  "oct october okt oktober października paź",
  "nov november listopada lis",
  "dec december grudnia gru",
];
MONTH_NAMES.forEach((names, i) => {
  for (const name of names.split(" ")) MONTHS[name] = i + 1;
});

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2}|\S+?)[T ]\d{1,2}:\d{2}/;
const NUMERIC = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/;
const NAMED = /^(?:(\d{1,2})\.?[\s-]+(\p{L}+)\.?|(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?[\s-]+(\d{4})$/u;

/** Reads a day (`31.12.2026`, `2026-12-31`, `12/31/2026`, `31 dec 2026`) as `2026-12-31`. Undefined: no day. */
export function readDate(raw: string, order: DateOrder): string | undefined {
  const text = raw.trim();
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = NUMERIC.exec(text);
  if (numeric) return numericDay(numeric, order);
  const named = NAMED.exec(text.toLowerCase());
  if (named) return namedDay(named);
  const moment = MOMENT.exec(text);
  return moment?.[1] ? readDate(moment[1], order) : undefined;
}

function namedDay([, before, month, monthFirst, after, year]: RegExpExecArray): string | undefined {
  return day(Number(year), MONTHS[month ?? monthFirst ?? ""] ?? 0, Number(before ?? after));
}

function numericDay(
  [, first, mark, second, yearText]: RegExpExecArray,
  order: DateOrder,
): string | undefined {
  const year = yearText?.length === 2 ? century(Number(yearText)) : Number(yearText);
  const monthFirst = mark === "/" && order === "mdy";
  const [d, m] = monthFirst ? [second, first] : [first, second];
  return day(year, Number(m), Number(d));
}

/** Two digits mean the hundred years that end 49 years from 2000. */
function century(year: number): number {
  return year < 50 ? 2000 + year : 1900 + year;
}

function day(year: number, month: number, date: number): string | undefined {
  if (year < 1 || month < 1 || month > 12 || date < 1 || date > daysIn(year, month)) return undefined;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const TIME =
  /^(.*?)[T\s,]+(?:kl\.?|godz\.?)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?\s*([ap]m)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a moment as Postgres reads it: with its own offset, else in the given zone. A day alone is its first moment;
 * thirteen digits are milliseconds since 1970, as HubSpot exports them.
 */
export function readMoment(
  raw: string,
  { order, zone }: { order: DateOrder; zone: string },
): string | undefined {
  const text = raw.trim();
  if (/^\d{13}$/.test(text)) return new Date(Number(text)).toISOString();
  const parts = TIME.exec(text);
  const date = readDate(parts?.[1] ?? text, order);
  if (!date) return undefined;
  if (!parts) return `${date} 00:00:00 ${zone}`;
  const time = clockTime(parts);
  return time && `${date} ${time} ${parts[7]?.toUpperCase() ?? zone}`;
}

function clockTime([, , hours, minutes, seconds, fraction, half]: RegExpExecArray): string | undefined {
  const hour = clockHour(Number(hours), half);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
  return `${String(hour).padStart(2, "0")}:${minutes}:${seconds ?? "00"}${fraction ? `.${fraction}` : ""}`;
}

function clockHour(hour: number, half: string | undefined): number {
  if (!half) return hour;
  return (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}
