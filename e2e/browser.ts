import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findChromium } from "./find-chromium.ts";
import { type Installation, login } from "./installation.ts";

const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const still = ["--disable-component-update", "--disable-sync"];

export function launchBrowser(): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath: findChromium() as string,
    args: [...quiet, ...still, ...sandbox],
  });
}

export const desk = { width: 1280, height: 832 };
export const phone = { width: 390, height: 844 };

interface Person {
  readonly viewport?: { width: number; height: number };
  readonly colorScheme?: "light" | "dark";
}

/** A page on which Anna is signed in. What a page throws fails the test that is looking. */
export async function signIn(browser: Browser, { url }: Installation, person: Person = {}): Promise<Page> {
  const page = await newPage(browser, person);
  await page.goto(`${url}/sign-in`);
  await page.getByLabel(/e-?mail/i).fill(login.email);
  await page
    .getByLabel(/password/i)
    .first()
    .fill(login.password);
  await page.getByRole("button", { name: /^sign in/i }).click();
  // The frame behind sign-in; on a phone its navigation is behind a button.
  await page.locator("#main").waitFor();
  return page;
}

export async function newPage(
  browser: Browser,
  { viewport = desk, colorScheme = "light" }: Person = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport,
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  return page;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe finds wrong on the page as it stands, one line each; empty when it is clean. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = (await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }).then((r) => r.violations)",
  )) as Violation[];
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

const languageCodes = { English: "en", Svenska: "sv", Polski: "pl" } as const;

/** Switches the language in the account menu, as a person does, and waits until it is kept. */
export async function switchLanguage(page: Page, language: keyof typeof languageCodes): Promise<void> {
  // Before the frame is there the document has the language it was sent with, not the person's.
  await page.getByRole("banner").waitFor();
  if ((await page.locator("html").getAttribute("lang")) === languageCodes[language]) return;
  await page.getByRole("banner").getByRole("button").last().click();
  const kept = page.waitForResponse(/\/api\/profile$/);
  await page.getByText(language, { exact: true }).click();
  await kept;
  await page.keyboard.press("Escape");
}
