import type { Browser, Page, Request } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  accessibilityProblems,
  desk,
  launchBrowser,
  newPage,
  phone,
  signIn,
  switchLanguage,
} from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { held } from "./late-answers.ts";

// What every page stands in: what is loaded first, the keyboard, languages, both colour schemes, the phone.
let headroom: Installation;
let browser: Browser;
beforeAll(async () => {
  headroom = await startHeadroom();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

const FIRST_LOAD_BYTES = 300_000;

test.for([
  ["/", "Set your first marketing contacts"],
  ["/contacts", "No contacts yet"],
  ["/sign-in", "Forgotten your password?"],
] as const)(
  "a visit to %s needs less than 300 KB of compressed script, without zod",
  async ([address, shown]) => {
    const before = await signIn(browser, headroom);
    const storageState = await before.context().storageState();
    const context = await browser.newContext(address === "/sign-in" ? {} : { storageState });
    const page = await context.newPage();
    const scripts: Promise<{ bytes: number; text: string }>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script") scripts.push(weigh(request));
    });
    await page.goto(headroom.url + address);
    await page.getByText(shown).waitFor();
    await page.waitForLoadState("networkidle");
    const loaded = await Promise.all(scripts);
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(FIRST_LOAD_BYTES);
    expect(loaded.filter(({ text }) => text.includes("invalid_union"))).toEqual([]);
  },
);

async function weigh(request: Request): Promise<{ bytes: number; text: string }> {
  const { responseBodySize: bytes } = await request.sizes();
  const response = await request.response();
  return { bytes, text: (await response?.text()) ?? "" };
}

test("the keyboard skips to the content, searches and leaves", async () => {
  const page = await signedIn();
  await page.keyboard.press("Tab");
  await page.getByRole("link", { name: "Skip to content" }).press("Enter");
  expect(await page.locator(":focus").getAttribute("id")).toBe("main");
  await page.keyboard.press("/");
  const search = page.getByRole("banner").getByRole("searchbox");
  expect(await search.and(page.locator(":focus")).count()).toBe(1);
  await search.press("Escape");
  expect(await search.and(page.locator(":focus")).count()).toBe(0);
  await page.keyboard.press("/");
  await search.fill("Åsa");
  await search.press("Enter");
  await page.waitForURL(/\/contacts\?.*query=/);
  // A page reached from within another begins at its top, not nowhere.
  await page.goto(`${headroom.url}/imports`);
  await page.getByRole("main").getByRole("link", { name: "Import" }).first().press("Enter");
  await page.waitForURL(/\/imports\/new$/);
  await page.getByRole("main").and(page.locator(":focus")).waitFor();
});

test("the language changes everything on screen without a reload, and is kept", async () => {
  const page = await signedIn();
  await page.evaluate("window.kept = true");
  await switchLanguage(page, "Polski");
  await page.getByRole("link", { name: "Kontakty", exact: true }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("pl");
  expect(await page.evaluate("window.kept")).toBe(true);
  await page.reload();
  await page.getByRole("link", { name: "Kontakty", exact: true }).waitFor();
  await switchLanguage(page, "English");
  await page.getByRole("link", { name: "Contacts", exact: true }).waitFor();
});

test.for([
  ["light", desk],
  ["dark", desk],
  ["light", phone],
  ["dark", phone],
] as const)("in %s the home page is accessible and fits", async ([colorScheme, viewport]) => {
  const page = await signIn(browser, headroom, { colorScheme, viewport });
  await page.getByText("Set your first marketing contacts").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const scheme = await page.locator("html").getAttribute("data-mantine-color-scheme");
  expect(scheme).toBe(colorScheme);
  const main = page.getByRole("main");
  expect(await main.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await page.getByRole("banner").getByRole("button").last().click();
  await page.getByRole("menuitemradio", { name: "Svenska" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("on a phone the navigation is behind the menu button and closes on arrival", async () => {
  const page = await signIn(browser, headroom, { viewport: phone });
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "Menu" });
  await drawer.getByRole("link", { name: "Operations" }).click();
  await page.getByRole("heading", { level: 1, name: "Operations" }).waitFor();
  await drawer.waitFor({ state: "hidden" });
  expect(await drawer.isVisible()).toBe(false);
});

test("on a phone the tab that is open is in sight, and tabs beyond the edge show that they go on", async () => {
  const page = await signIn(browser, headroom, { viewport: phone });
  await page.goto(`${headroom.url}/settings/properties`);
  const tabs = page.getByRole("navigation", { name: "Settings" });
  const open = tabs.getByRole("link", { name: "Properties" });
  const middle = async () => {
    const { x, width } = (await open.boundingBox()) ?? { x: -1, width: 0 };
    return x + width / 2;
  };
  await expect.poll(async () => Math.round(Math.abs((await middle()) - phone.width / 2))).toBeLessThan(3);
  await expect.poll(() => tabs.locator("svg").filter({ visible: true }).count()).toBe(2);
});

test("the appearance one chooses outlives a reload", async () => {
  const page = await signedIn();
  await page.getByRole("banner").getByRole("button").last().click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await page.locator("html").getAttribute("data-mantine-color-scheme")).toBe("dark");
});

test("without a session every page leads to sign-in and back", async () => {
  const page = await newPage(browser);
  await page.goto(`${headroom.url}/operations`);
  await page.waitForURL(/\/sign-in/);
  expect(decodeURIComponent(page.url())).toContain("/operations");
});

test("who is signed in is looked at again behind a page, which is kept when nobody answers", async () => {
  const page = await signedIn();
  await page.clock.install();
  await page.goto(`${headroom.url}/lists/new`);
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Kept");
  await page.clock.fastForward("06:00");
  const me = held(page, "**/api/me");
  await page.getByText("Static", { exact: true }).click();
  await page.getByText("Starts with", { exact: true }).waitFor();
  await (await me).abort();
  await page.route("**/api/me", (route) => route.abort());
  await page.getByText("Active", { exact: true }).click();
  await page.getByRole("heading", { name: "Conditions" }).waitFor();
  expect(await name.inputValue()).toBe("Kept");
});

test("an address that leads nowhere says so", async () => {
  const page = await signedIn();
  await page.goto(`${headroom.url}/nowhere`);
  await page.getByRole("link", { name: "Go to Home" }).click();
  await page.getByText("Set your first marketing contacts").waitFor();
  expect(await page.title()).toBe("Home · Headroom");
});

async function signedIn(): Promise<Page> {
  const page = await signIn(browser, headroom);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}
