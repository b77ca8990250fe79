import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInstance, type i18n } from "i18next";
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
  const instance = createInstance();
  void instance.init({
    resources,
    fallbackLng: "en",
    initAsync: false,
    interpolation: { escapeValue: false },
    ns: Object.keys(resources["en"] ?? {}),
  });
  return instance;
}
