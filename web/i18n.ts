import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../contract/languages.ts";

/*
 * Texts are web/locales/<language>/<feature>.json, one namespace per feature: `useTranslation("contacts")`, `t("title")`;
 * from elsewhere `t("contacts:title")`. Each language is one chunk, fetched when it is first needed.
 */
type Texts = Record<string, object>;

const loaders: Record<Language, () => Promise<{ texts: Record<string, object> }>> = {
  en: () => import("./locales/en.ts"),
  sv: () => import("./locales/sv.ts"),
  pl: () => import("./locales/pl.ts"),
};

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
    resources: { [language]: await load(language) },
    partialBundledLanguages: true,
    defaultNS: "ui",
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  remember(language);
}

/** Switches every text, number and date on screen, without a reload. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "ui")) {
    for (const [namespace, texts] of Object.entries(await load(language))) {
      i18next.addResourceBundle(language, namespace, texts);
    }
  }
  await i18next.changeLanguage(language);
  remember(language);
}

async function load(language: Language): Promise<Texts> {
  const { texts } = await loaders[language]();
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
