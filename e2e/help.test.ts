import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { wrongTexts } from "./screen-texts.ts";

// The help beside a page, its own pages, and what people answer.
let headroom: Installation;
let browser: Browser;
let anna: Page;
beforeAll(async () => {
  headroom = await startHeadroom();
  browser = await launchBrowser();
  anna = await signIn(browser, headroom);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

test("the button beside a title opens the article about the page", async () => {
  await anna.goto(`${headroom.url}/billing`);
  await anna.getByRole("button", { name: "Help about this page" }).press("Enter");
  const panel = anna.getByRole("dialog", { name: "Billing and the next update date" });
  await panel.getByRole("heading", { name: "The next update date", exact: true }).waitFor();
  await panel.getByText("Get help").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await panel.getByRole("button", { name: "Close" }).click();
  await panel.waitFor({ state: "hidden" });
  expect(anna.url()).toContain("/billing");
});

test("links stay in the panel between articles and leave it for screens", async () => {
  await anna.goto(`${headroom.url}/contacts`);
  await anna.getByRole("button", { name: "Help about this page" }).click();
  const first = anna.getByRole("dialog", { name: "Using marketing contacts" });
  await first.getByRole("link", { name: "Set contacts as non-marketing" }).click();
  const second = anna.getByRole("dialog", { name: "Set contacts as non-marketing" });
  await second.getByRole("link", { name: "Manage marketing contacts" }).click();
  await anna.waitForURL(/\/marketing-contacts\/manage/);
  await second.waitFor({ state: "hidden" });
  expect(await anna.getByRole("heading", { level: 1 }).count()).toBe(1);
});

test("articles are found by their words and answered; the admins read it", async () => {
  await anna.goto(`${headroom.url}/help`);
  await anna.getByRole("searchbox", { name: "Search the help" }).fill("rejected rows");
  await anna.getByText("1 article found").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("link", { name: "Imports" }).last().click();
  await anna.getByRole("heading", { level: 1, name: "Imports" }).waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("button", { name: "No", exact: true }).click();
  await anna.getByLabel("What was missing?").fill("How do I import from a phone?");
  await anna.getByRole("button", { name: "Send" }).click();
  await anna.getByText("The admins of your account can read it.", { exact: false }).first().waitFor();
  await anna.goto(`${headroom.url}/settings/help`);
  await anna.getByText("How do I import from a phone?").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
});

test("an address leads to a place in an article, in the dark, on a phone, in each language", async () => {
  const page = await signIn(browser, headroom, { viewport: phone, colorScheme: "dark" });
  for (const [name, language, heading] of [
    ["Svenska", "sv", "Ångra"],
    ["Polski", "pl", "Cofanie"],
    ["English", "en", "Undo"],
  ] as const) {
    await switchLanguage(page, name);
    await page.goto(`${headroom.url}/help/set-as-non-marketing#undo`);
    const place = page.getByRole("heading", { name: heading, exact: true });
    await place.and(page.locator(":focus")).waitFor();
    expect(await wrongTexts(page, language)).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
    const main = page.getByRole("main");
    expect(await main.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await page.goto(`${headroom.url}/help/default-statuses`);
    await page.getByRole("table").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  }
});
