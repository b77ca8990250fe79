import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { comeBackAfter } from "./late-answers.ts";
import { wrongTexts } from "./screen-texts.ts";

// The billing owner's month: what it costs, a higher tier, a lower plan that is booked, who is told, and the prices.
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

async function open(path: string, shown: string): Promise<void> {
  await anna.goto(headroom.url + path);
  await anna.getByText(shown, { exact: true }).first().waitFor();
}

test("the overview says what it costs now and later, and why the update is that day", async () => {
  await open("/billing", "What it costs");
  await anna.getByText("A monthly term updates on day 1 of each month, the day of renewal.").waitFor();
  await anna.getByText("Up to 9,000 marketing contacts").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
});

test("a higher tier is taken at once and says what it costs until renewal", async () => {
  await anna.getByRole("button", { name: "Edit billing" }).click();
  await anna.getByLabel("Contact tier").fill("17000");
  await anna.getByText(/At once: Professional, tier 17,000, €1,475 a month/).waitFor();
  await anna.getByText(/Costs €[\d.,]+ more until renewal on/).waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("button", { name: "Save", exact: true }).click();
  await anna.getByText("Up to 17,000 marketing contacts").waitFor();
});

test("the tier falls by itself, unless somebody chooses otherwise", async () => {
  await anna.getByText(/The tier falls from 17,000 to 2,000 on/).waitFor();
  await anna
    .getByLabel(/^Tier from/)
    .first()
    .click();
  await anna.getByRole("option", { name: "Stay at 17,000" }).click();
  await anna.getByText("The tier stays at 17,000.").waitFor();
  await anna.getByText(/Chosen by/).waitFor();
  expect(await anna.getByText(/The tier falls from/).count()).toBe(0);
});

test("a lower plan is booked for the renewal and can be cancelled", async () => {
  await anna.getByRole("button", { name: "Edit billing" }).click();
  await anna.getByRole("dialog").getByLabel("Plan", { exact: true }).first().click();
  await anna.getByRole("option", { name: "Starter" }).click();
  await anna.getByText(/Booked for .*: Starter, tier 17,000/).waitFor();
  await anna.getByText("workflows (they are paused and kept)", { exact: false }).waitFor();
  await anna.getByRole("button", { name: "Save", exact: true }).click();
  await anna.getByText(/The plan changes to Starter on/).waitFor();
  await anna.getByRole("button", { name: "Keep the present plan" }).click();
  await anna.getByText(/The plan changes to Starter on/).waitFor({ state: "detached" });
  expect((await headroom.run("plan", "show", "--json")).json).toMatchObject({ plan: "professional" });
});

test("only what was changed here is saved, whatever others have changed since the form was opened", async () => {
  const second = await anna.context().newPage();
  await second.clock.install();
  await second.goto(`${headroom.url}/billing`);
  await second.getByRole("button", { name: "Edit billing" }).click();
  const panel = second.getByRole("dialog");
  await panel.getByRole("textbox", { name: "Maximum" }).fill("12000");
  await second.route("**/api/billing", async (route) => {
    if (route.request().method() !== "GET") return route.abort();
    const response = await route.fetch();
    const billing = (await response.json()) as object;
    return route.fulfill({ response, json: { ...billing, policy: "refuse" } });
  });
  const again = second.waitForResponse("**/api/billing");
  await comeBackAfter(second, "00:30");
  await again;
  await second.getByText("Refuse", { exact: false }).first().waitFor();
  const change = second.waitForRequest((request) => request.method() === "PATCH");
  await panel.getByRole("button", { name: "Save", exact: true }).click();
  expect((await change).postDataJSON()).toEqual({ maximum: 12_000 });
  await second.close();
});

test("the history has every change with its price", async () => {
  await anna.getByRole("tab", { name: "Tier history" }).click();
  const row = anna.getByRole("row").filter({ hasText: "9,000 → 17,000" });
  await row.waitFor();
  expect(await row.textContent()).toMatch(/Chosen by hand.*€1,250 → €1,475/);
  expect(await accessibilityProblems(anna)).toEqual([]);
});

test("an address outside is added and confirmed by hand", async () => {
  await anna.getByRole("tab", { name: "Billing contacts and alerts" }).click();
  await anna.getByLabel("E-mail address").fill("books@example.test");
  await anna.getByRole("button", { name: "Add", exact: true }).click();
  await anna.getByText("Gets nothing until it is confirmed.").waitFor();
  await anna.getByRole("button", { name: "The address is right" }).click();
  await anna.getByText(/^Confirmed on .* by /).waitFor();
  await anna.getByText("75%: from 12,750 marketing contacts").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
});

test("the operator edits prices; what is wrong is said at its field and nothing is saved", async () => {
  await open("/settings/price-book", "Professional");
  await anna.getByRole("button", { name: "Edit prices: Professional, EUR" }).click();
  const second = anna.getByRole("group", { name: "Block 2" });
  await second.getByLabel("From").fill("25000");
  await anna.getByText("These prices cannot be saved yet.").waitFor();
  await anna.getByRole("button", { name: "Save prices" }).click();
  await second.getByText(/Block 2 starts at 25,000, but the tiers before it end at 22,000/).waitFor();
  await second.getByLabel("From").fill("22000");
  await anna.getByLabel("Price a month (EUR)").fill("750.5");
  await anna.getByText("1 account keeps its tier at another price.").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("button", { name: "Save prices" }).click();
  await anna.getByRole("row", { name: /EUR.*€750.50/ }).waitFor();
});

test("marketing contacts are ended and enabled again", async () => {
  await open("/billing", "End marketing contacts");
  await anna.getByRole("button", { name: "End marketing contacts" }).click();
  const dialog = anna.getByRole("dialog");
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "End marketing contacts" }).click();
  await anna.getByRole("button", { name: "Enable marketing contacts" }).click();
  await anna.getByText("Nobody is a marketing contact yet.").waitFor();
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true });
});

test("the command line says the same and refuses what cannot be", async () => {
  const shown = await headroom.run("plan", "show", "--json");
  expect(shown.json).toMatchObject({
    plan: "professional",
    tier: 17_000,
    outlook: { now: { tier: 17_000 } },
  });
  const tried = await headroom.run("plan", "set", "--tier", "22000", "--dry-run", "--json");
  expect(tried.json).toMatchObject({ dryRun: true, after: { tier: 22_000 } });
  const refused = await headroom.run("plan", "set", "--time-zone", "Mars/Olympus");
  expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining("not a known time zone")]);
  const book = await headroom.run("price-book", "show", "--json");
  expect(book.json["pages"]).toHaveLength(12);
});

test.for(["Svenska", "Polski"] as const)(
  "all of it reads in %s, on a phone in the dark",
  async (language) => {
    const page = await signIn(browser, headroom, { viewport: phone, colorScheme: "dark" });
    await page.setViewportSize({ width: 1280, height: 832 });
    await switchLanguage(page, language);
    await page.setViewportSize(phone);
    const code = language === "Svenska" ? "sv" : "pl";
    for (const path of [
      "/billing",
      "/billing?tab=history",
      "/billing?tab=contacts",
      "/settings/price-book",
    ]) {
      await page.goto(headroom.url + path);
      await page.locator("#main section").first().waitFor();
      await page.waitForLoadState("networkidle");
      expect([path, await wrongTexts(page, code)]).toEqual([path, []]);
      expect([path, await accessibilityProblems(page)]).toEqual([path, []]);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect(width).toBeLessThanOrEqual(phone.width);
    }
    await page.setViewportSize({ width: 1280, height: 832 });
    await switchLanguage(page, "English");
  },
);
