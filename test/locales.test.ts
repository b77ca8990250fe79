import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { languages } from "#contract/languages.ts";
import { flatten, localeProblems, type Source, type Texts } from "./locale-check.ts";

const root = join(import.meta.dirname, "..");

function textsOf(folder: string): Texts {
  return Object.fromEntries(
    languages.map((language) => {
      const files = readdirSync(join(root, folder, language));
      return [
        language,
        Object.fromEntries(
          files.map((file) => [
            file.replace(".json", ""),
            flatten(JSON.parse(readFileSync(join(root, folder, language, file), "utf8")) as object),
          ]),
        ),
      ];
    }),
  );
}

function sourcesOf(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
      .map((path) => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), "utf8") })),
  );
}

test("the screens' texts are complete in every language, used and known", () => {
  expect(localeProblems(textsOf("web/locales"), sourcesOf("web"))).toEqual([]);
});

test("the server's texts are complete in every language, used and known", () => {
  expect(localeProblems(textsOf("server/locales"), sourcesOf("server", "contract"))).toEqual([]);
});

test("notices write numbers as the reader does", () => {
  const raw = languages.flatMap((language) =>
    Object.values(textsOf("server/locales")[language] ?? {}).flatMap((texts) =>
      Object.entries(texts).filter(([key, text]) => key.startsWith("notice_") && text.includes("{{count}}")),
    ),
  );
  // "{{count}}" is the bare number that decides the plural; "{{number}}" is the same one in the reader's writing.
  expect(raw).toEqual([]);
});

function page(code: string): Source[] {
  return [{ path: "page.tsx", text: `useTranslation("ui"); ${code}` }];
}

describe("the check notices", () => {
  const texts = (pl: Record<string, string> = { title: "Tytuł", ...plural }): Texts => ({
    en: { ui: { title: "Title", left_one: "{{count}} left", left_other: "{{count}} left" } },
    sv: { ui: { title: "Titel", left_one: "{{count}} kvar", left_other: "{{count}} kvar" } },
    pl: { ui: pl },
  });
  const plural = { left_one: "1", left_few: "2", left_many: "5", left_other: "1,5" };
  const both = page('t("title"); t("left", { count })');

  test("nothing when all is there", () => {
    expect(localeProblems(texts(), both)).toEqual([]);
  });

  test("a key that one language lacks", () => {
    expect(localeProblems(texts(plural), both)).toEqual(["pl lacks ui:title"]);
  });

  test("a plural form that one language lacks", () => {
    const { left_few: _, ...others } = plural;
    expect(localeProblems(texts({ title: "Tytuł", ...others }), both)).toEqual(["pl lacks ui:left_few"]);
  });

  test("a key that nothing uses", () => {
    expect(localeProblems(texts(), page('t("title")'))).toEqual(["nothing uses ui:left"]);
  });

  test("a key that does not exist, short or with its namespace", () => {
    const code = 't("title"); t("left"); t("lead"); text(language, "ui:trail")';
    expect(localeProblems(texts(), page(code))).toEqual([
      "page.tsx asks for ui: lead",
      "page.tsx asks for ui: ui:trail",
    ]);
  });

  test("a value that nobody fills", () => {
    expect(localeProblems(texts({ title: "{{naem}}", ...plural }), both)).toEqual([
      "pl fills ui:title with {{naem}}, which English does not have",
    ]);
  });

  test("but takes a template for all keys it can mean", () => {
    expect(localeProblems(texts(), page("t(`ti${rest}`); t(`le${rest}`)"))).toEqual([]);
  });
});
