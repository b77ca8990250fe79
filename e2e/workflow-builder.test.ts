import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, desk, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { held } from "./late-answers.ts";
import { type Language, wrongTexts } from "./screen-texts.ts";

// The builder of workflows, by keyboard and by hand, on the canvas and as a list.
let headroom: Installation;
let browser: Browser;
let page: Page;
let address: string;
beforeAll(async () => {
  headroom = await startHeadroom();
  const file = join(headroom.folder, "people.csv");
  writeFileSync(file, "First Name,Last Name,Email,City\nAda,Ek,ada@example.test,Lund\n");
  await headroom.run("import", file);
  browser = await launchBrowser();
  page = await signIn(browser, headroom);
  const { id } = (await ask("POST", "/api/workflows", { name: "Quiet" })) as { id: string };
  address = `/workflows/${id}`;
  await page.goto(headroom.url + address);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

/** As the page itself asks the server. */
function ask(method: string, path: string, body?: object): Promise<unknown> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const headers = { "content-type": "application/json" };
      const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
      return (await fetch(path, init)).json();
    },
    { method, path, body },
  );
}

interface Draft {
  readonly revision: number;
  readonly problems: readonly unknown[];
  readonly draft: {
    readonly start: string | null;
    readonly steps: { id: string; type: string; name: string }[];
  };
}

const stored = () => ask("GET", `/api${address}`) as Promise<Draft>;
const problems = async () => (await stored()).problems;
const card = (name: string | RegExp) => page.getByRole("button", { name });
const saved = () => page.getByRole("status").getByText("Saved").waitFor();
const settings = (name: string) => page.getByRole("complementary", { name });

async function choose(action: string): Promise<void> {
  await page.getByRole("textbox", { name: "Find an action" }).fill(action);
  await page.keyboard.press("Enter");
}

test("an action is put in, taken away and brought back by keys alone", async () => {
  await card("Add an action. At the beginning").focus();
  await page.keyboard.press("Enter");
  await choose("as non-marketing");
  await settings("Set marketing contact status").getByText("Takes effect on the next update date.").waitFor();
  await page.keyboard.press("Escape");
  await expect
    .poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')"))
    .toBe("1. Set marketing contact status. Open settings");
  await page.keyboard.press("Delete");
  await card(/^1\. Set marketing/).waitFor({ state: "detached" });
  // The focus may be nowhere, as after a click on the canvas: undo works all the same.
  await page.evaluate("document.activeElement.blur()");
  await page.keyboard.press("Control+z");
  await card(/^1\. Set marketing/).waitFor();
  await saved();
  await expect.poll(async () => (await stored()).draft.steps.map(({ type }) => type)).toEqual(["set_status"]);
});

test("a branch takes what followed along its first way, and problems stand where they are", async () => {
  await card("Add an action. At the beginning").click();
  await choose("branch");
  await settings("If/then branch").getByRole("button", { name: "City" }).click();
  await page.getByLabel("Value for City").fill("Lund");
  await card("Add an action. 1. If/then branch: No").click();
  await choose("add to a list");
  await settings("Add to a list").getByText("Choose a list.").waitFor();
  await card("1 thing to mend").waitFor();
  await settings("Add to a list").getByRole("combobox", { name: "Static list" }).fill("Fair 2026");
  await page.getByRole("option", { name: "Create “Fair 2026”" }).click();
  await card("1 thing to mend").waitFor({ state: "detached" });
  await page.getByText("Add to the list Fair 2026").waitFor();
  await page.reload();
  await card(/^2\. Set marketing contact status\. Open/).waitFor();
  await card(/^3\. Add to a list\. Open/).waitFor();
  expect(await problems()).toEqual([]);
});

test("a test shows the way of one contact and does nothing", async () => {
  await card("Test").click();
  const panel = settings("Test with a contact");
  await panel.getByRole("textbox", { name: "Contact" }).fill("ada");
  await panel.getByRole("button", { name: /^Ada Ek/ }).click();
  await panel.getByText("Goes: Yes").waitFor();
  await panel.getByText("Would be: Was so already").waitFor();
  expect(await panel.getByRole("listitem").count()).toBe(3);
});

test("taking away a branch asks what stays", async () => {
  await card(/^1\. If\/then branch\. Open/).focus();
  await page.keyboard.press("Delete");
  const panel = settings("Delete this step");
  await panel.getByText("1 other step is deleted with it.").first().waitFor();
  await panel.getByRole("radio", { name: "What follows “No”" }).check();
  await panel.getByRole("button", { name: "Delete" }).click();
  await card(/^1\. Add to a list\. Open/).waitFor();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await card(/^3\. Add to a list\. Open/).waitFor();
  await saved();
  expect((await stored()).draft.steps).toHaveLength(3);
});

async function rename(on: Page, name: string): Promise<void> {
  await on.getByRole("button", { name: /^2\. / }).first().click();
  await on.getByLabel("Name of this step").fill(name);
}

test("two who edit at once are told, and choose", async () => {
  const other = await signIn(browser, headroom);
  await other.goto(headroom.url + address);
  await rename(other, "Theirs");
  await expect.poll(async () => (await stored()).draft.steps.map(({ name }) => name)).toContain("Theirs");
  await rename(page, "Mine");
  await page.getByRole("alert").getByText("Somebody else has saved this workflow meanwhile.").waitFor();
  await page.getByRole("button", { name: "Show what they saved" }).click();
  await card(/^2\. Theirs\. Open/).waitFor();
  await card("Undo").click();
  await card(/^2\. Mine\. Open/).waitFor();
  await expect.poll(async () => (await stored()).draft.steps.map(({ name }) => name)).toContain("Mine");
  await other.context().close();
});

const nameField = () => page.getByLabel("Name of this step");
const storedNames = async () => (await stored()).draft.steps.map(({ name }) => name);

test("what was asked for before the last save takes nothing back when it comes after it", async () => {
  await card(/^2\. Mine\. Open/).click();
  const asked = held(page, `**/api${address}`);
  await page.getByRole("button", { name: "Name and folder" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Name and folder" });
  await dialog.getByRole("button", { name: "Save" }).click();
  const late = await asked;
  const before = await late.fetch();
  await dialog.waitFor({ state: "hidden" });
  await nameField().fill("Newer");
  await expect.poll(storedNames).toContain("Newer");
  // It is given up by then.
  await late.fulfill({ response: before }).catch(() => {});
  await stored();
  await nameField().fill("Newest");
  await expect.poll(storedNames).toContain("Newest");
  await card(/^2\. Newest\. Open/).waitFor();
});

test("whoever comes back before the last edit is saved goes on from it, and turns nothing on without it", async () => {
  const put = held(page, `**/api${address}/draft`, "PUT");
  await nameField().fill("On its way");
  const late = await put;
  await card("Turn on").click();
  const turnOn = page.getByRole("dialog", { name: "Turn on workflow" });
  await turnOn.getByRole("status", { name: "Loading" }).waitFor();
  expect(await turnOn.getByText(/mended|owner/i).count()).toBe(0);
  await turnOn.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("heading", { name: "Numbers" }).or(page.getByText("Nobody yet")).first().waitFor();
  await page.getByRole("tab", { name: "Builder" }).click();
  await late.continue();
  await card(/^2\. On its way\. Open/).click();
  await nameField().fill("Mine");
  await expect.poll(storedNames).toContain("Mine");
  await card(/^2\. Mine\. Open/).waitFor();
});

test("the list is the same workflow, and the way to build on a phone", async () => {
  const small = await signIn(browser, headroom, { viewport: phone });
  await small.goto(headroom.url + address);
  await small.getByRole("button", { name: /^2\. Mine\. Open/ }).waitFor();
  expect(await small.locator(".react-flow").count()).toBe(0);
  // The page is all that scrolls: there is room to build.
  const scrollers = `[...document.querySelectorAll("main *")]
    .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowY)).length`;
  expect(await small.evaluate(scrollers)).toBe(0);
  expect(await small.evaluate("document.documentElement.scrollWidth")).toBe(phone.width);
  expect(await accessibilityProblems(small)).toEqual([]);
  await small.getByRole("button", { name: "Add an action. 1. If/then branch: No" }).click();
  await small
    .getByRole("dialog")
    .getByRole("button", { name: /^Delay/ })
    .click();
  await small.getByRole("dialog", { name: "Delay" }).getByRole("textbox", { name: "For" }).waitFor();
  expect(await accessibilityProblems(small)).toEqual([]);
  await small.getByRole("button", { name: "Done" }).click();
  await small.getByText("Wait 1 day").waitFor();
  await expect.poll(async () => (await stored()).draft.steps.map(({ type }) => type)).toContain("delay");
  await small.context().close();
});

const part = (next: string) => ({ name: next, percent: 40, next });
const untilOptedOut = {
  kind: "happening",
  happening: { type: "opted_out" },
  limit: { amount: 2, unit: "weeks" },
};

/** One of each action, and of each way to wait. */
const everything = {
  triggers: [{ type: "property_changed", propertyName: "city", value: "Lund" }, { type: "bounced" }],
  goal: { filterGroups: [{ filters: [{ propertyName: "city", operator: "EQ", value: "Umea" }] }] },
  window: { weekdays: [1, 2], from: "08:00", to: "07:00" },
  start: "a",
  steps: [
    { id: "a", type: "set_property", propertyName: "city", value: "Lund", next: "b" },
    { id: "b", type: "copy_property", from: "city", to: "state", next: "c" },
    { id: "c", type: "clear_property", propertyName: "city", next: "d" },
    { id: "d", type: "delay", until: { kind: "date", date: "2027-01-01", time: "09:00" }, next: "e" },
    { id: "e", type: "delay", until: { kind: "weekday", weekdays: [1], time: "09:00" }, next: "f" },
    { id: "f", type: "delay", until: { kind: "property", propertyName: "createdate", days: -3 }, next: "g" },
    { id: "g", type: "notify", to: { userIds: [] }, title: "{firstname}", next: "h" },
    { id: "h", type: "webhook", url: "https://x.test", properties: ["city"], marketingTool: true, next: "i" },
    { id: "i", type: "enroll", workflowId: "", next: "j" },
    { id: "j", type: "split", parts: [part("k"), part("l")] },
    { id: "k", type: "set_status", value: "marketing", branches: { held: null }, next: "m" },
    { id: "l", type: "delay", until: untilOptedOut, next: "n" },
    { id: "m", type: "go_to", step: "f" },
    { id: "n", type: "end" },
  ],
};

test.for([
  ["English", "en"],
  ["Svenska", "sv"],
  ["Polski", "pl"],
] as const)("in %s every panel speaks the language and is accessible", async ([name, language]) => {
  const { revision } = await stored();
  await ask("PUT", `/api${address}/draft`, { revision, definition: everything });
  await page.setViewportSize(desk);
  await page.goto(`${headroom.url}${address}?view=list`);
  await switchLanguage(page, name);
  const cards = page.locator("[data-card^='step-'], [data-card='trigger'], [data-card='way-h-skipped']");
  await expect.poll(() => cards.count()).toBe(everything.steps.length + 2);
  for (const shown of await cards.all()) {
    await shown.press("Enter");
    await page.locator("aside h2").waitFor();
    expect(await flaws(language)).toEqual([]);
  }
  await page.goto(`${headroom.url}${address}?step=-settings&view=canvas`);
  await page.locator("aside h2").waitFor();
  expect(await flaws(language)).toEqual([]);
});

/** Texts of another language, and what axe finds. */
async function flaws(language: Language): Promise<string[]> {
  await page.locator("[data-card]").first().waitFor();
  await page.waitForLoadState("networkidle");
  return [...(await wrongTexts(page, language)), ...(await accessibilityProblems(page))];
}
