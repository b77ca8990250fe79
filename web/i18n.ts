import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../contract/languages.ts";

/*
 * Texts are web/locales/<language>/<feature>.json, one namespace per feature: `useTranslation("contacts")`, `t("title")`;
 * from elsewhere `t("contacts:title")`. Each language is two chunks, fetched when they are first needed: what any page
 * may show, and what only pages show that say so by `withPageTexts` in routes.tsx. A first visit stays small.
 */
type Texts = Record<string, object>;
type Loaders = Record<Language, () => Promise<{ texts: Texts }>>;

const loaders: Loaders = {
  en: () => import("./locales/en.ts"),
  sv: () => import("./locales/sv.ts"),
  pl: () => import("./locales/pl.ts"),
};

const pageLoaders: Loaders = {
  en: () => import("./locales/en-pages.ts"),
  sv: () => import("./locales/sv-pages.ts"),
  pl: () => import("./locales/pl-pages.ts"),
};

/** A text of the second chunk: where it is known, all of that chunk is. */
const OF_PAGES = "imports";

const STORED = "headroom-language";

export const languageNames: Record<Language, string> = { en: "English", sv: "Svenska", pl: "Polski" };

/** What the browser was last used in, else what it asks for, else English. */
export function preferredLanguage(): Language {
  const wishes = [localStorage.getItem(STORED), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wishes.find(isLanguage) ?? "en";
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

/** Starts with one language; the others come when somebody switches. */
export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: await load(loaders, language) },
    partialBundledLanguages: true,
    defaultNS: "ui",
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  remember(language);
}

/** Switches every text, number and date on screen, without a reload. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "ui")) add(language, await load(loaders, language));
  if (i18next.hasResourceBundle(currentLanguage(), OF_PAGES)) await addPageTexts(language);
  await i18next.changeLanguage(language);
  remember(language);
}

/** Fetches a page together with the texts that only such pages show. */
export async function withPageTexts<Page>(page: Promise<Page>): Promise<Page> {
  const [loaded] = await Promise.all([page, addPageTexts(currentLanguage())]);
  return loaded;
}

async function addPageTexts(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, OF_PAGES)) add(language, await load(pageLoaders, language));
}

function add(language: Language, texts: Texts): void {
  for (const [namespace, content] of Object.entries(texts))
    i18next.addResourceBundle(language, namespace, content);
}

async function load(from: Loaders, language: Language): Promise<Texts> {
  const { texts } = await from[language]();
  return Object.fromEntries(
    Object.entries(texts).map(([path, content]) => [path.replace(/^.*\/|\.json$/g, ""), content]),
  );
}

function remember(language: Language): void {
  document.documentElement.lang = language;
  localStorage.setItem(STORED, language);
}

function isLanguage(tag: string | null): tag is Language {
  return tag !== null && Object.hasOwn(loaders, tag);
}
