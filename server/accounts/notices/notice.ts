import type { Language } from "#contract/languages.ts";
import { readableDate, readableMoment, readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";

/** Which notices a person can have by mail or not: the feature in front of the key. */
export function kindOf(key: string): string {
  return key.split(":")[0] ?? key;
}

export interface NoticeReader {
  readonly language: Language;
  readonly timeZone: string;
}

interface Told {
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** What a notice says to one reader. */
export function wordNotice({ key, details }: Told, reader: NoticeReader): { title: string; text: string } {
  const values = readableDetails(details, reader);
  return {
    title: text(reader.language, `${key}_title`, values),
    text: text(reader.language, `${key}_text`, values),
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Numbers, instants and dates as the reader writes them. `count` stays a number, for the plural; `{{number}}` writes it. */
function readableDetails(
  details: Told["details"],
  { language, timeZone }: NoticeReader,
): Record<string, string | number> {
  const { count } = details;
  const written = Object.entries(details).map(([name, value]) => {
    if (name === "count") return [name, value] as const;
    if (typeof value === "number") return [name, readableNumber(language, value)] as const;
    // A name that people gave may look like a date that does not exist.
    if (Number.isNaN(Date.parse(value))) return [name, value] as const;
    if (INSTANT.test(value)) return [name, readableMoment(language, value, timeZone)] as const;
    return [name, DATE.test(value) ? readableDate(language, value) : value] as const;
  });
  const number = typeof count === "number" ? { number: readableNumber(language, count) } : {};
  return { ...number, ...Object.fromEntries(written) };
}
