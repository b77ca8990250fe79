import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, desk, launchBrowser, phone, signIn } from "./browser.ts";
import { bulk, gone, pickFilter, shows, toast } from "./contacts-page.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { held } from "./late-answers.ts";

// The daily work on CRM > Contacts, among forty people.
const PEOPLE = 40;
const IN_LUND = 10;
const LONG_ADDRESS = "lukasz.zak.of.the.department.for.long.addresses@example.test";

let headroom: Installation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  headroom = await startHeadroom();
  const file = join(headroom.folder, "people.csv");
  const rows = Array.from({ length: PEOPLE - 1 }, (_, i) => {
    const city = i < IN_LUND ? "Lund" : `Town ${String(i).padStart(2, "0")}`;
    return `First${i},Last${i},person${i}@example.test,${city}`;
  });
  const header = "First Name,Last Name,Email,City";
  writeFileSync(file, [header, ...rows, `Łukasz,Żak,${LONG_ADDRESS},Łódź`, ""].join("\n"));
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

async function tick(rows: number): Promise<void> {
  for (let row = 1; row <= rows; row++) await page.getByRole("table").getByRole("checkbox").nth(row).check();
}

/** On a phone the chips of a filter push none of these off the screen. */
async function reachable(buttons: readonly string[]): Promise<void> {
  await page.setViewportSize(phone);
  for (const name of buttons) {
    const box = await page.getByRole("button", { name, exact: true }).boundingBox();
    expect((box?.x ?? phone.width) + (box?.width ?? 0)).toBeLessThanOrEqual(phone.width);
  }
  await page.setViewportSize(desk);
}

test("a filter is kept as a view of one's own, shared, and left for another", async () => {
  await openContacts();
  await pickFilter(page, "City", "Lund");
  await shows(page, IN_LUND, PEOPLE);
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("menuitem", { name: "Save as a new view" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Lund");
  await dialog.getByLabel("Only me").check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("tab", { name: /^Lund/, selected: true }).waitFor();
  await gone(page.getByRole("button", { name: "Save view" }));

  await page.getByRole("button", { name: "Options for the view Lund" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await dialog.getByLabel("Name").fill("People in Lund");
  await dialog.getByLabel("Everybody in the account").check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("tab", { name: "All contacts" }).click();
  await shows(page, PEOPLE, PEOPLE);
  await pickFilter(page, "City", "Lund");
  await reachable(["Filter", "Save view", "Columns"]);
  // Saved in a view that everybody sees, which is said and can be taken back.
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("menuitem", { name: "Save in “All contacts”" }).click();
  await toast(page, "Saved in “All contacts”").getByRole("button", { name: "Undo" }).click();
  await shows(page, PEOPLE, PEOPLE);
  await page.getByRole("tab", { name: /^People in Lund/ }).click();
  await shows(page, IN_LUND, PEOPLE);
  expect(await page.getByRole("tab").last().innerText()).toMatch(/^People in Lund/);
});

test("what is begun before the views have arrived is kept when they do", async () => {
  const views = held(page, "**/api/views");
  await page.goto(`${headroom.url}/contacts?view=all`);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByLabel("Search these contacts").pressSequentially("person3");
  await (await views).continue();
  const panel = page.getByRole("dialog", { name: "Filter" });
  await panel.getByLabel("Find a property").fill("City");
  await panel.getByRole("button", { name: "Done" }).click();
  await gone(panel);
  await page.getByRole("tab", { name: /^All contacts/, selected: true }).waitFor();
  await shows(page, 10, PEOPLE);
  expect(await page.getByLabel("Search these contacts").inputValue()).toBe("person3");
});

test("quick changes undo none of each other, and a part that cannot be fetched takes nothing along", async () => {
  await openContacts();
  await page.getByLabel("Search these contacts").fill("person3");
  await shows(page, 10, PEOPLE);
  await tick(1);
  await page.route(/\/filter-panel[^/]*\.js$/, (route) => route.abort(), { times: 1 });
  const filter = page.getByRole("button", { name: "Filter", exact: true });
  await filter.click();
  await toast(page, "This could not be loaded.").getByRole("button", { name: "Close" }).click();
  await filter.click();
  const conditions = page.getByRole("dialog", { name: "Filter" });
  await conditions.getByRole("button", { name: "Done" }).click();
  await gone(conditions);
  expect(await page.getByRole("table").getByRole("checkbox").nth(1).isChecked()).toBe(true);
  expect(await page.getByLabel("Search these contacts").inputValue()).toBe("person3");

  await page.getByRole("button", { name: "Columns" }).click();
  const panel = page.getByRole("dialog", { name: "Columns" });
  const boxes = panel.getByRole("checkbox", { name: /^(City|Phone number)$/ });
  await boxes.nth(1).waitFor();
  await boxes.evaluateAll((all) => {
    for (const box of all) box.click();
  });
  await panel.getByRole("button", { name: "Done" }).click();
  await page.getByRole("columnheader", { name: "City" }).waitFor();
  await page.getByRole("columnheader", { name: "Phone number" }).waitFor();
});

test("what is ticked before the number has come stays ticked, and the number is asked for all the same", async () => {
  await page.setViewportSize(phone);
  await openContacts();
  await page.getByRole("main").getByRole("checkbox").first().check();
  await page.getByRole("button", { name: `Select all ${PEOPLE}` }).click();
  const preview = held(page, "**/api/marketing-status/preview", "POST");
  const raise = await bulk(page, "Set as marketing contacts");
  await raise.getByRole("checkbox").check();
  await (await preview).continue();
  const verb = raise.getByRole("button", { name: "Set as marketing" });
  await raise.getByRole("textbox").fill(String(PEOPLE - 1));
  expect(await verb.isDisabled()).toBe(true);
  await raise.getByRole("textbox").fill(String(PEOPLE));
  expect(await raise.getByRole("checkbox").isChecked()).toBe(true);
  expect(await verb.isEnabled()).toBe(true);
  await raise.getByRole("button", { name: "Cancel" }).click();
  await gone(raise);
  await page.setViewportSize(desk);
});

test("search forgives accents, and what is on screen survives a reload", async () => {
  await openContacts();
  await page.getByRole("button", { name: "Columns" }).click();
  const panel = page.getByRole("dialog", { name: "Columns" });
  await panel.getByLabel("Find a property").fill("city");
  await panel.getByLabel("City", { exact: true }).check();
  await panel.getByRole("button", { name: "Done" }).click();
  await page.getByRole("columnheader", { name: "City" }).getByRole("button").click();
  await page.getByRole("columnheader", { name: "Name", exact: true }).getByRole("button").click();
  await page.getByRole("searchbox", { name: "Search these contacts" }).fill("Lukasz");
  await shows(page, 1, PEOPLE);
  await page.reload();
  await shows(page, 1, PEOPLE);
  await page.getByRole("link", { name: "Łukasz Żak" }).waitFor();
  await page.getByRole("cell", { name: "Łódź" }).waitFor();
  await page.getByRole("cell", { name: LONG_ADDRESS }).hover();
  await page.getByTitle(LONG_ADDRESS).waitFor();
  await page.setViewportSize(phone);
  const isCut = await page
    .getByRole("listitem")
    .getByText(LONG_ADDRESS)
    .evaluate((address) => address.scrollWidth > address.clientWidth);
  expect(isCut).toBe(false);
  await page.setViewportSize(desk);
  expect(
    await page.getByRole("columnheader", { name: "Name", exact: true }).getAttribute("aria-sort"),
  ).toMatch(/ending$/);
  await page.getByRole("searchbox", { name: "Search these contacts" }).fill("nobody at all");
  await page.getByRole("button", { name: "Clear filter and search" }).click();
  await shows(page, PEOPLE, PEOPLE);
});

test("a property is edited for several, and taken back", async () => {
  await openContacts();
  await tick(2);
  await page.getByRole("button", { name: "Edit property" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit 2 contacts" });
  await dialog.getByRole("combobox", { name: "Property" }).fill("Job title");
  await page.getByRole("option", { name: "Job title" }).click();
  await dialog.getByLabel("Job title").fill("Mayor");
  await dialog.getByRole("button", { name: "Save" }).click();
  await toast(page, "2 contacts edited").getByRole("button", { name: "Undo" }).click();
  const undone = toast(page, "Undone for 2 contacts");
  await undone.waitFor();
  // What is told stands beside the buttons of a panel, not over them.
  await page.getByRole("button", { name: "Columns" }).click();
  const done = page.getByRole("dialog", { name: "Columns" }).getByRole("button", { name: "Done" });
  const [told, button] = [await undone.boundingBox(), await done.boundingBox()];
  expect((told?.x ?? 0) + (told?.width ?? 0)).toBeLessThan(button?.x ?? 0);
  await done.click();
  expect((await headroom.run("operation", "list", "--json")).json).toMatchObject({
    operations: [{ state: "done" }, {}, {}],
  });
});

test("people are opted out and deleted, and both are taken back", async () => {
  await openContacts();
  await tick(3);
  const optOut = await bulk(page, "Opt out of all marketing mail");
  await optOut.getByRole("button", { name: "Opt out" }).click();
  await toast(page, "3 contacts opted out").getByRole("button", { name: "Undo" }).click();
  await toast(page, "Undone for 3 contacts").waitFor();

  await tick(4);
  const remove = await bulk(page, "Delete");
  await remove.getByRole("button", { name: "Delete" }).click();
  await shows(page, PEOPLE - 4, PEOPLE - 4);
  await toast(page, "4 contacts deleted").getByRole("button", { name: "Undo" }).click();
  await shows(page, PEOPLE, PEOPLE);
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true });
});

test("a dialog that still counts keeps the keyboard, and the table has it afterwards", async () => {
  await openContacts();
  await tick(1);
  const focused = page.locator(":focus");
  const dialog = await bulk(page, "Set as non-marketing contacts");
  await dialog.locator(":focus").waitFor();
  await page.keyboard.press("Escape");
  const more = page.getByRole("region", { name: "Selected contacts" }).getByRole("button", { name: "More" });
  await more.and(focused).waitFor();
  await page
    .getByRole("region", { name: "Selected contacts" })
    .getByRole("button", { name: "Clear" })
    .press("Enter");
  await page.getByRole("table").getByLabel("Select this page").and(focused).waitFor();
  expect(await focused.count()).toBe(1);
});

test("what is exported is imported again without changing anything", async () => {
  await openContacts();
  await page.getByRole("table").getByLabel("Select this page").check();
  const download = page.waitForEvent("download");
  await page.getByRole("region", { name: "Selected contacts" }).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Export as CSV" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("menuitem", { name: "Export as CSV" }).click();
  const file = join(headroom.folder, "exported.csv");
  await (await download).saveAs(file);
  expect((await headroom.run("import", file, "--json")).json).toMatchObject({
    rows: PEOPLE,
    unchanged: PEOPLE,
  });
});
