import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { projectRoot } from "#server/platform/root.ts";

export type Language = "en" | "sv" | "pl";

/** Every text of a language by its key, of the screens and of the server, as they are shipped. */
function texts(language: Language): Map<string, string> {
  const found = new Map<string, string>();
  const collect = (value: unknown, key: string): void => {
    if (typeof value === "string") found.set(key, value);
    else
      for (const [name, part] of Object.entries(value as object))
        collect(part, key === "" ? name : `${key}.${name}`);
  };
  for (const folder of ["web", "server"].map((side) => join(projectRoot, side, "locales", language)))
    for (const file of readdirSync(folder)) {
      const own = JSON.parse(readFileSync(join(folder, file), "utf8")) as object;
      for (const [name, part] of Object.entries(own)) collect({ [name]: part }, "");
    }
  return found;
}

const english = texts("en");
const keys = new Set([...english.keys()].filter((key) => key.includes(".")));

/** English texts that are no texts of the other language as well, such as "Import". */
function foreign(language: Language): ReadonlySet<string> {
  if (language === "en") return new Set();
  const own = new Set(texts(language).values());
  return new Set([...english.values()].filter((text) => text.length > 2 && !own.has(text)));
}

const foreignTo = { en: foreign("en"), sv: foreign("sv"), pl: foreign("pl") };

/** Runs in the page: texts that can be read or heard. */
const collectTexts = `(() => {
  const pieces = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (!["SCRIPT", "STYLE"].includes(parentElement.tagName)) pieces.push(textContent);
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const element of document.querySelectorAll("[" + name + "]")) pieces.push(element.getAttribute(name));
  return pieces;
})()`;

/** What stands on the page, or is read out, that is no text of the language: keys, gaps, English. */
export async function wrongTexts(page: Page, language: Language): Promise<string[]> {
  const shown = (await page.evaluate<string[]>(collectTexts)).map((text) => text.trim());
  const isWrong = (text: string) =>
    text.includes("{{") ||
    keys.has(text) ||
    /^[a-z-]+:[a-z][\w.-]*$/i.test(text) ||
    foreignTo[language].has(text);
  return [...new Set(shown.filter(isWrong))];
}
