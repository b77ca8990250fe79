import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { wrongTexts } from "./screen-texts.ts";

// What the billing owner looks at: how many count, why, what comes, and what of it is taken back.
const PEOPLE = 60;
const MARKETING = 30;
const LOWERED = 8;

let headroom: Installation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  headroom = await startHeadroom();
  const file = join(headroom.folder, "people.csv");
  const rows = Array.from(
    { length: PEOPLE },
    (_, i) => `First${i},person${i}@example.test,${i % 3 ? "Lund" : "Łódź"}`,
  );
  writeFileSync(file, ["First Name,Email,City", ...rows, ""].join("\n"));
  await headroom.run("import", file);
  const ids = Array.from({ length: MARKETING }, (_, i) => String(i + 1));
  await headroom.run("set-marketing", "--ids", ids.join(","), "--expect", String(MARKETING));
  await headroom.run("set-non-marketing", "--ids", ids.slice(0, LOWERED).join(","));
  browser = await launchBrowser();
  page = await signIn(browser, headroom);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

async function open(path: string): Promise<void> {
  await page.goto(`${headroom.url}${path}`);
  await page.locator("#main").waitFor();
}

test("usage and limits: the count, the chart with its table, and what raised it", async () => {
  await open("/billing?tab=usage");
  await page.getByRole("img", { name: /^30 of 9,000/ }).waitFor();
  await page.getByRole("img", { name: /Usage from .* to now, 30; 22 for certain/ }).waitFor();
  const changes = page.getByRole("region", { name: "What raised and lowered usage" });
  await changes.getByRole("row", { name: /Set as marketing contacts \+30/ }).waitFor();
  await changes.getByRole("row", { name: /Now 30 \+30 −8/ }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Show as a table" }).click();
  await page
    .getByRole("row", { name: /\(update\) 22/ })
    .first()
    .waitFor();
});

test("the meter for a moment in the past and for one to come", async () => {
  await open("/billing?tab=usage");
  await page.getByRole("button", { name: "Any moment" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByLabel("Date and time").fill("2020-01-01T12:00");
  await panel.getByRole("row", { name: /Now 30/ }).waitFor();
  await panel.getByRole("row", { name: /Set as marketing contacts \+30/ }).waitFor();
  const year = new Date().getFullYear() + 1;
  await panel.getByLabel("Date and time").fill(`${year}-12-24T12:00`);
  await panel.getByRole("row", { name: /Set as non-marketing contacts.* −8/ }).waitFor();
  await panel.getByText("−8 compared with now.").waitFor();
  await panel.getByRole("button", { name: "Set as non-marketing contacts" }).click();
  await expect.poll(() => panel.getByRole("listitem").count()).toBe(8);
  await panel.getByRole("button", { name: "Back to the count" }).click();
  await panel.getByText("−8 compared with now.").waitFor();
  expect(page.url()).toContain(`at=${year}-12-24`);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("a statement by city adds up, on the page and in its files", async () => {
  await open("/billing/statement?by=city");
  await page.getByRole("row", { name: /^Lund 0 \+20 0 20/ }).waitFor();
  await page.getByRole("row", { name: /^Łódź 0 \+10 0 10/ }).waitFor();
  await page.getByRole("row", { name: /^Total 0 \+30 0 30/ }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  for (const [name, begins] of [
    ["CSV", "\ufeffCity"],
    ["PDF", "%PDF-"],
  ] as const) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    const path = await (await waiting).path();
    expect(readFileSync(path, "utf8").startsWith(begins)).toBe(true);
  }
  const json = await headroom.run("statement", "--by", "city", "--json");
  expect(json.json).toMatchObject({ total: { opening: 0, raised: 30, lowered: 0, closing: 30 } });
});

test("two of those who are scheduled are kept, then all", async () => {
  await open("/billing?tab=calendar");
  await page.getByText("8 contacts leave").waitFor();
  await page.getByRole("button", { name: "Show 8 contacts" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("checkbox").nth(0).check();
  await panel.getByRole("checkbox").nth(1).check();
  await panel.getByRole("button", { name: "Keep 2 contacts" }).click();
  const dialog = page.getByRole("dialog", { name: "Keep as marketing contacts" });
  await dialog.getByText("Stay marketing contacts").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Keep them" }).click();
  await page.getByText("2 contacts stay marketing contacts").waitFor();
  await page.getByText("6 contacts leave").waitFor();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await dialog.getByRole("button", { name: "Keep them" }).click();
  await page.getByText("Nobody is scheduled").first().waitFor();
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true, waiting: 0 });
});

test("a secret address gives the dates to other calendars, until it is revoked", async () => {
  await open("/billing?tab=calendar");
  await page.getByRole("button", { name: "Make an address" }).click();
  const address = await page.getByLabel("Secret address").inputValue();
  const answer = await fetch(address);
  expect(answer.headers.get("content-type")).toContain("text/calendar");
  expect(await answer.text()).toContain("BEGIN:VEVENT");
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Make an address" }).waitFor();
  expect((await fetch(address)).status).toBe(404);
});

test.for([
  ["English", "en"],
  ["Svenska", "sv"],
  ["Polski", "pl"],
] as const)("in %s all of it is whole, also on a phone in the dark", async ([language, code]) => {
  const narrow = await signIn(browser, headroom, { viewport: phone, colorScheme: "dark" });
  await switchLanguage(narrow, language);
  const found: string[] = [];
  for (const path of ["/billing?tab=usage", "/billing?tab=calendar", "/billing/statement?by=city"]) {
    await narrow.goto(`${headroom.url}${path}`);
    await narrow.locator("#main section").first().waitFor();
    await narrow.waitForLoadState("networkidle");
    const main = narrow.locator("#main");
    const over = await main.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    const wrong = [...(await accessibilityProblems(narrow)), ...(await wrongTexts(narrow, code))];
    found.push(
      ...wrong.map((problem) => `${path} ${problem}`),
      ...(over > 0 ? [`${path} too wide by ${over}`] : []),
    );
  }
  expect(found).toEqual([]);
  await narrow.goto(`${headroom.url}/billing?tab=usage`);
  await narrow.getByRole("button", { name: /as a table|som tabell|jako tabel/i }).click();
  const numbers = narrow
    .getByRole("region")
    .filter({ has: narrow.getByRole("table") })
    .last();
  expect(await numbers.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect(await accessibilityProblems(narrow)).toEqual([]);
  await narrow.context().close();
});
