import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, desk, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { bulk, gone, pickFilter, shows, toast } from "./contacts-page.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { held } from "./late-answers.ts";
import { wrongTexts } from "./screen-texts.ts";

// CRM > Lists, among forty people: lists that fill themselves and lists that are filled by hand.
const PEOPLE = 40;
const IN_LUND = 10;

let headroom: Installation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  headroom = await startHeadroom();
  const file = join(headroom.folder, "people.csv");
  const rows = Array.from({ length: PEOPLE }, (_, i) => {
    const city = i < IN_LUND ? "Lund" : "Malmö";
    return `First${i},Last${i},person${i}@example.test,${city}`;
  });
  writeFileSync(file, ["First Name,Last Name,Email,City", ...rows, ""].join("\n"));
  await headroom.run("import", file);
  browser = await launchBrowser();
  page = await signIn(browser, headroom);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

async function openContacts(): Promise<void> {
  await page.goto(`${headroom.url}/contacts`);
  await shows(page, PEOPLE, PEOPLE);
}

async function openList(name: string): Promise<void> {
  await page.goto(`${headroom.url}/lists`);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Opens the dialog of something that is done with the list on screen. */
async function act(name: string) {
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name }).click();
  return page.getByRole("dialog");
}

async function tick(rows: number): Promise<void> {
  for (let row = 1; row <= rows; row++) await page.getByRole("table").getByRole("checkbox").nth(row).check();
}

/** Members in the table, where all of them are in sight. */
function rows(): Promise<number> {
  return page.getByRole("table").locator("tbody tr[data-index]").count();
}

test("an active list is made of a filter, counted while it is written", async () => {
  await page.goto(`${headroom.url}/lists`);
  await page.getByText("No lists yet").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Create list" }).first().press("Enter");
  // The name is asked for first, and the conditions that come later do not take the focus from it.
  await page.getByText("Find a property").or(page.getByPlaceholder("Find a property")).first().waitFor();
  await page.getByLabel("Name").and(page.locator(":focus")).waitFor();
  await openContacts();
  await pickFilter(page, "City", "Lund");
  await shows(page, IN_LUND, PEOPLE);
  await page.getByRole("link", { name: "Save as list" }).click();
  await page.getByText(`${IN_LUND} contacts match`).waitFor();
  await page.getByLabel("Value for City").fill("Malmö");
  await page.getByText(`${PEOPLE - IN_LUND} contacts match`).waitFor();
  await page.getByLabel("Value for City").fill("Lund");
  await page.getByText(`${IN_LUND} contacts match`).waitFor();
  await page.getByLabel("Name").fill("People in Lund");
  await page.getByRole("button", { name: "Create list" }).click();
  await page.getByRole("heading", { level: 1, name: "People in Lund" }).waitFor();
  await shows(page, IN_LUND, IN_LUND);
  await expect.poll(rows).toBe(IN_LUND);
});

test("a contact joins after an edit, and the list says why", async () => {
  await openList("People in Lund");
  await shows(page, IN_LUND, IN_LUND);
  const other = await signIn(browser, headroom);
  await other.goto(`${headroom.url}/contacts?query=person20%40example.test`);
  await other.getByRole("link", { name: "First20 Last20" }).click();
  await other.getByText("In no list.").waitFor();
  await other.getByRole("button", { name: "City" }).click();
  await other.getByLabel("City").fill("Lund");
  await other.getByLabel("City").press("Enter");
  await shows(page, IN_LUND + 1, IN_LUND + 1);
  await other.reload();
  await other.getByRole("link", { name: "Why in People in Lund" }).click();
  await other.getByRole("heading", { name: "First20 Last20 is in the list" }).waitFor();
  await other.getByRole("row", { name: "Met City is Lund Lund" }).waitFor();
  await other.getByLabel("Find a contact").fill("person30");
  await other.getByRole("button", { name: /^First30 Last30/ }).click();
  await other.getByRole("heading", { name: "First30 Last30 is not in the list" }).waitFor();
  await other.getByRole("row", { name: "Not met City is Lund Malmö" }).waitFor();
  await other.getByRole("tab", { name: "History" }).click();
  await other.getByText("First20 Last20 joined").waitFor();
  await other.getByRole("tab", { name: "Overview" }).click();
  await other.getByText("As a table").click();
  await other.getByRole("cell", { name: `+${IN_LUND + 1}` }).waitFor();
  await expect.poll(rows).toBe(IN_LUND + 1);
  await other.context().close();
});

test("a static list is filled from the index, told how many are new, and taken back", async () => {
  await openContacts();
  await tick(3);
  await page.getByRole("button", { name: "Add to list" }).click();
  const dialog = page.getByRole("dialog", { name: "Add 3 contacts to a list" });
  await dialog.getByRole("combobox", { name: "Static list" }).fill("Fair 2026");
  await page.getByRole("option", { name: "Create “Fair 2026”" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await toast(page, "3 contacts added to the list").waitFor();

  await page.reload();
  await shows(page, PEOPLE, PEOPLE);
  await tick(5);
  await page.getByRole("button", { name: "Add to list" }).click();
  const again = page.getByRole("dialog", { name: "Add 5 contacts to a list" });
  await again.getByRole("combobox", { name: "Static list" }).fill("Fair");
  await page.getByRole("option", { name: "Fair 2026", exact: true }).click();
  await again.getByText("New in the list").locator("xpath=../..").getByText("2", { exact: true }).waitFor();
  await again.getByText("Already in it").locator("xpath=../..").getByText("3", { exact: true }).waitFor();
  await again.getByRole("button", { name: "Add", exact: true }).click();
  await toast(page, "2 contacts added to the list").getByRole("button", { name: "Undo" }).click();
  await toast(page, "Undone for 2 contacts").waitFor();
  await openList("Fair 2026");
  await shows(page, 3, 3);
  await expect.poll(rows).toBe(3);
});

test("members are removed and come back, and everything of the index can be done with them", async () => {
  await openList("Fair 2026");
  await tick(1);
  const remove = await bulk(page, "Remove from this list");
  await remove.getByRole("button", { name: "Remove", exact: true }).click();
  await shows(page, 2, 2);
  await toast(page, "1 contact removed from the list").getByRole("button", { name: "Undo" }).click();
  await shows(page, 3, 3);
  // The number may be there before the rows are.
  await expect.poll(() => page.getByRole("table").getByRole("checkbox").count()).toBe(4);
  await page.getByRole("table").getByLabel("Select this page").check();
  const raise = await bulk(page, "Set as marketing contacts");
  await raise.getByRole("button", { name: /^Set as marketing/ }).click();
  await toast(page, "3 contacts set as marketing").waitFor();
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ marketing: 3 });
});

test("a filter names a list", async () => {
  await openContacts();
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Filter" });
  await panel.getByLabel("Find a property").fill("List membership");
  await panel.getByRole("button", { name: "List membership" }).click();
  await panel.getByRole("combobox", { name: "Value for List membership" }).fill("Fair");
  await page.getByRole("option", { name: "Fair 2026" }).click();
  await panel.getByRole("button", { name: "Done" }).click();
  await shows(page, 3, PEOPLE);
  await page.getByRole("button", { name: /List membership is in Fair 2026/ }).waitFor();
  await expect.poll(rows).toBe(3);
});

test("a list is converted, deleted and restored", async () => {
  await openList("People in Lund");
  const convert = await act("Convert to static");
  await convert.getByRole("button", { name: "Convert to static" }).click();
  await toast(page, "“People in Lund” is static now").waitFor();
  await page.getByText("Static", { exact: true }).waitFor();
  await shows(page, IN_LUND + 1, IN_LUND + 1);
  const remove = await act("Delete");
  await remove.getByText("Nothing uses this list.").waitFor();
  await remove.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Lists" }).waitFor();
  await gone(page.getByRole("link", { name: "People in Lund" }));
  await page.getByRole("tab", { name: "Deleted" }).click();
  await page.getByRole("link", { name: "People in Lund" }).waitFor();
  await page.getByRole("button", { name: "Restore" }).click();
  await toast(page, "“People in Lund” restored").waitFor();
  await openList("People in Lund");
  await shows(page, IN_LUND + 1, IN_LUND + 1);
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true });
});

test("a list that is made late leads nobody away from where they have gone meanwhile", async () => {
  await page.goto(`${headroom.url}/lists/new?type=static`);
  await page.getByRole("textbox", { name: "Name" }).fill("Made late");
  const made = held(page, "**/api/lists", "POST");
  await page.getByRole("button", { name: "Create list" }).click();
  const late = await made;
  await page.getByRole("navigation").getByRole("link", { name: "Contacts" }).click();
  await shows(page, PEOPLE, PEOPLE);
  const counted = page.waitForResponse("**/api/contacts/count");
  await late.continue();
  await toast(page, "Made late").waitFor();
  await counted;
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("dialog", { name: "Filter" }).getByRole("button", { name: "Done" }).click();
  expect(new URL(page.url()).pathname).toBe("/contacts");
});

test("an import adds its contacts to a list that it makes", async () => {
  const file = join(headroom.folder, "visitors.csv");
  writeFileSync(file, "First Name,Email\nOlga,olga@example.test\nFirst5,person5@example.test\nBo,wrong\n");
  await page.goto(`${headroom.url}/imports/new`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("combobox", { name: "Add the contacts to a static list" }).fill("Visitors");
  await page.getByRole("option", { name: "Create “Visitors”" }).click();
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("link", { name: "Visitors" }).waitFor();
  await page.getByRole("button", { name: "Import 2 rows" }).click();
  await page.getByRole("link", { name: "View contacts" }).click();
  await page.getByRole("heading", { name: "Visitors" }).waitFor();
  await shows(page, 2, 2);
  await page.getByRole("link", { name: "Olga" }).waitFor();
  await expect.poll(rows).toBe(2);
});

const pages = [
  "/lists",
  "/lists/new",
  "/lists/1",
  "/lists/1/edit",
  "/lists/1?tab=overview",
  "/lists/1?tab=why&contact=1",
  "/lists/1?tab=history",
];

test.for([
  ["Svenska", "sv", "dark", "light"],
  ["Polski", "pl", "light", "dark"],
  ["English", "en", "light", "dark"],
] as const)("in %s the pages of lists are whole", async ([name, language, wide, narrow]) => {
  await page.goto(`${headroom.url}/lists`, { waitUntil: "networkidle" });
  await switchLanguage(page, name);
  await page.locator(`html[lang=${language}]`).waitFor();
  const found: string[] = [];
  const look = async (where: string, width: number) => {
    const widest = await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth);
    const wrong = [...(await accessibilityProblems(page)), ...(await wrongTexts(page, language))];
    if (widest > width) wrong.push("wider than the screen");
    found.push(...wrong.map((problem) => `${where}: ${problem}`));
  };
  for (const path of pages) {
    await page.emulateMedia({ colorScheme: wide });
    await page.setViewportSize(desk);
    await page.goto(headroom.url + path, { waitUntil: "networkidle" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(path, desk.width);
    await page.emulateMedia({ colorScheme: narrow });
    await page.setViewportSize(phone);
    await look(`${path} on a phone`, phone.width);
  }
  await page.setViewportSize(desk);
  expect(found).toEqual([]);
});
