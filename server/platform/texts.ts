import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInstance, type FormatterModule, type i18n } from "i18next";
import { type Language, languages } from "#contract/languages.ts";
import { projectRoot } from "./root.ts";

let texts: i18n | undefined;

/**
 * A sentence in the reader's language. Keys are `feature:key`; the texts are server/locales/<language>/<feature>.json,
 * with plural forms by i18next's suffixes (`_one`, `_few`, `_many`, `_other`) chosen by `values.count`.
 */
export function text(language: Language, key: string, values: Record<string, unknown> = {}): string {
  texts ??= load();
  return texts.t(key, { ...values, lng: language });
}

function load(): i18n {
  const resources: Record<string, Record<string, object>> = {};
  for (const language of languages) {
    const folder = join(projectRoot, "server/locales", language);
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    resources[language] = Object.fromEntries(
      files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(folder, file), "utf8"))]),
    );
  }
  const instance = createInstance().use(numberWriter);
  void instance.init({
    resources,
    fallbackLng: "en",
    initAsync: false,
    interpolation: { escapeValue: false, alwaysFormat: true },
    ns: Object.keys(resources["en"] ?? {}),
  });
  return instance;
}

/** Names of numbers that count nothing, so that they are written without separators. */
const plain: ReadonlySet<unknown> = new Set([
  "port",
  "pid",
  "block",
  "line",
  "first",
  "code",
  "status",
  "version",
]);

/** Numbers in sentences are written as the reader writes them, 1,204 or 1 204; `{{number, plain}}` to be typed again. */
const numberWriter: FormatterModule = {
  type: "formatter",
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown, ...[format, language, options]) =>
    typeof value === "number" && format !== "plain" && !plain.has(options?.["interpolationkey"])
      ? numberFormat(language).format(value)
      : (value as string),
};

const numberFormats = new Map<string | undefined, Intl.NumberFormat>();

function numberFormat(language: string | undefined): Intl.NumberFormat {
  const known = numberFormats.get(language) ?? new Intl.NumberFormat(language === "en" ? "en-GB" : language);
  numberFormats.set(language, known);
  return known;
}
