import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, desk, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { type Language, wrongTexts } from "./screen-texts.ts";

// Every page in every language, wide and narrow, light and dark: accessible, whole, and in one language only.
let headroom: Installation;
let browser: Browser;
beforeAll(async () => {
  headroom = await startHeadroom();
  const file = join(headroom.folder, "people.csv");
  const rows = Array.from({ length: 60 }, (_, i) => `Förnamn${i},Ek,person${i}@example.test,Lund`);
  writeFileSync(file, ["First Name,Last Name,Email,City", ...rows, "Bo,Fel,nonsense,Lund", ""].join("\n"));
  await headroom.run("import", file);
  await headroom.run("set-marketing", "--ids", "1,2,3,4,5", "--expect", "5");
  await headroom.run("set-non-marketing", "--ids", "1,2");
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

const pages = [
  "/",
  "/contacts",
  "/contacts/1",
  "/contacts/deleted",
  "/imports",
  "/imports/new",
  "/imports/1",
  "/operations",
  "/operations/2",
  "/billing",
  "/billing?tab=usage",
  "/billing?tab=calendar",
  "/billing/statement",
  "/settings/account",
  "/settings/profile",
  "/settings/users",
  "/settings/properties",
  "/settings/tokens",
];
const languages = { English: "en", Svenska: "sv", Polski: "pl" } as const satisfies Record<string, Language>;

/** What is wrong with the page as it stands, each with where. */
async function problems(page: Page, language: Language, where: string): Promise<string[]> {
  const { width } = page.viewportSize() ?? desk;
  const widest = await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth);
  const main = page.locator("#main");
  const over = await main.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  return [
    ...(await accessibilityProblems(page)),
    ...(await wrongTexts(page, language)).map((text) => `text: ${text}`),
    ...(widest > width || over > 0 ? [`wider than the screen by ${Math.max(widest - width, over)}`] : []),
  ].map((problem) => `${where} ${problem}`);
}

test.for([
  ["English", "light", "dark"],
  ["Svenska", "dark", "light"],
  ["Polski", "light", "dark"],
] as const)(
  "in %s every page is whole, on a desk in %s and on a phone in %s",
  async ([language, wide, narrow]) => {
    const page = await signIn(browser, headroom);
    await switchLanguage(page, language);
    const code = languages[language];
    await page.locator(`html[lang=${code}]`).waitFor();
    const found: string[] = [];
    for (const path of pages) {
      await page.emulateMedia({ colorScheme: wide });
      await page.setViewportSize(desk);
      await page.goto(headroom.url + path, { waitUntil: "networkidle" });
      await page.getByRole("heading", { level: 1 }).waitFor();
      found.push(...(await problems(page, code, path)));
      await page.emulateMedia({ colorScheme: narrow });
      await page.setViewportSize(phone);
      found.push(...(await problems(page, code, `${path} on a phone`)));
    }
    expect(found).toEqual([]);
    await page.context().close();
  },
);

test("a page in another language is noticed", async () => {
  const page = await signIn(browser, headroom);
  await switchLanguage(page, "English");
  await page.locator("html[lang=en]").waitFor();
  expect(await wrongTexts(page, "sv")).toContain("Contacts");
  await page.context().close();
});

test("dialogs and panels are whole on a phone, in Polish", async () => {
  const page = await signIn(browser, headroom, { viewport: phone });
  await switchLanguage(page, "Polski");
  const found: string[] = [];
  const look = async (where: string) => {
    await page.getByRole("dialog").waitFor();
    found.push(...(await problems(page, "pl", where)));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  };
  await page.goto(`${headroom.url}/contacts`, { waitUntil: "networkidle" });
  // What has no room for a button is in the menu.
  await page.getByRole("button", { name: "Więcej działań" }).click();
  await page.getByRole("menuitem", { name: "Importuj" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Filtr", exact: true }).click();
  await look("filter");
  await page.getByRole("button", { name: "Kolumny" }).click();
  await look("columns");
  await page.getByRole("button", { name: "Utwórz kontakt" }).click();
  await look("create");
  await page.getByRole("main").getByRole("checkbox").first().check();
  // A list has no head to tick: all that match are one tap away all the same.
  await page.getByRole("button", { name: "Wybierz wszystkie: 60" }).click();
  await page.getByText("Wybrano 60").waitFor();
  await page.getByRole("button", { name: "Ustaw jako niemarketingowe" }).click();
  await look("set status");
  await page.goto(`${headroom.url}/operations/2`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: /^Cofnij/ }).click();
  await look("undo");
  expect(found).toEqual([]);
  await switchLanguage(page, "English");
});

test("Escape closes what is open, and the focus goes back to where it was", async () => {
  const page = await signIn(browser, headroom);
  await page.goto(`${headroom.url}/contacts`);
  for (const name of ["Create contact", "Filter", "Columns"]) {
    const button = page.getByRole("button", { name, exact: true });
    await button.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    if (name === "Filter" && (await page.getByRole("dialog").isVisible()))
      await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await button.and(page.locator(":focus")).waitFor();
  }
  const first = page.getByRole("table").getByRole("checkbox").nth(1);
  await first.press("Space");
  await first.press("ArrowDown");
  await page.getByRole("table").getByRole("checkbox").nth(2).and(page.locator(":focus")).waitFor();
  await page.getByRole("button", { name: "More", exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: "Delete" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "More", exact: true }).and(page.locator(":focus")).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});
