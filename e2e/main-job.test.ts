import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "#server/platform/root.ts";
import { launchBrowser, newPage } from "./browser.ts";
import { bulk, gone, number, pickFilter, shownNow, shows, toast } from "./contacts-page.ts";
import { type Installation, startHeadroom } from "./installation.ts";

// What Headroom is for: import real people, set some as marketing, let some go, and understand what happens when.
const officials = join(projectRoot, "../shared/data/officials.csv");
const real = existsSync(officials);
if (!real)
  process.stderr.write("The file of officials is not there; the journey uses a small file instead.\n");

let headroom: Installation;
let browser: Browser;
let page: Page;
let people: { readonly file: string; readonly created: number; readonly rejected: number };
let inAlaska = 0;
beforeAll(async () => {
  headroom = await startHeadroom({ setUp: false });
  browser = await launchBrowser();
  page = await newPage(browser);
  people = real ? { file: officials, created: 8261, rejected: 540 } : somePeople();
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

function somePeople() {
  const file = join(headroom.folder, "people.csv");
  const rows = Array.from(
    { length: 90 },
    (_, i) => `First${i},Last${i},p${i}@example.test,${i % 3 ? "NY" : "AK"}`,
  );
  writeFileSync(
    file,
    ["First Name,Last Name,Email,State/Region", ...rows, "No,Address,nonsense,AK", ""].join("\n"),
  );
  return { file, created: 90, rejected: 1 };
}

test("the link leads through the set-up to Home", async () => {
  await page.goto(String(headroom.setupLink));
  await page.getByLabel("Your name").fill("Anna Rask");
  await page.getByLabel("E-mail address").fill("anna@example.test");
  await page.getByLabel("New password").fill("correct-horse-battery");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Account name").fill("Fernhill");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("We pay a vendor").check();
  await page.getByRole("button", { name: "Finish set-up" }).click();
  await page.getByRole("heading", { level: 1, name: /Anna/ }).waitFor();
  await page.getByRole("region", { name: "Get going" }).waitFor();
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: 0, marketing: 0 });
});

test("a file is imported, and every row of it is accounted for", async () => {
  await page.getByRole("main").getByRole("link", { name: "Import" }).first().click();
  await page.getByLabel("Choose a file").last().setInputFiles(people.file);
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByText("Nothing is written yet.").first().waitFor();
  await page.getByRole("button", { name: `Import ${number(people.created)} rows` }).click();
  await page.getByRole("link", { name: "View contacts" }).waitFor();
  for (const [name, rows] of [
    ["Created", people.created],
    ["Rejected", people.rejected],
    ["Rows in the file", people.created + people.rejected],
  ] as const) {
    const shown = page.locator("dl > div").filter({ has: page.locator("dt", { hasText: name }) });
    expect(await shown.locator("dd").first().innerText()).toBe(number(rows));
  }
  await page.getByRole("link", { name: "View contacts" }).click();
  await shows(page, people.created, people.created);
});

test("those in Alaska are set as marketing contacts", async () => {
  await pickFilter(page, "State/region", "AK");
  await page.getByRole("button", { name: "Save view" }).waitFor();
  await page.getByText(/^\d{2} of [\d,]+ contacts$/).waitFor();
  inAlaska = await shownNow(page);
  expect(inAlaska).toBeGreaterThanOrEqual(25);
  await page.getByRole("table").getByLabel("Select this page").check();
  if (await page.getByRole("button", { name: /^Select all/ }).isVisible())
    await page.getByRole("button", { name: /^Select all/ }).click();
  await page.getByText(`${inAlaska} selected`).waitFor();
  const dialog = await bulk(page, "Set as marketing contacts");
  expect(await dialog.getByRole("button", { name: "Set as marketing" }).isDisabled()).toBe(true);
  await dialog.getByLabel(`Type ${inAlaska} to confirm`).fill(String(inAlaska));
  await dialog.getByRole("button", { name: "Set as marketing" }).click();
  await toast(page, `${inAlaska} contacts set as marketing`).waitFor();
  await page.getByRole("table").getByText("Marketing", { exact: true }).first().waitFor();
});

test("some of them are let go: the dialog says how many and when, and it can be undone", async () => {
  for (const place of [1, 2, 3]) await page.getByRole("table").getByRole("checkbox").nth(place).check();
  const dialog = await bulk(page, "Set as non-marketing contacts");
  await dialog.getByText(/^Takes effect on \d+ \w+ 20\d\d, 00:00/).waitFor();
  const groups = (await dialog.locator("dl dd").allInnerTexts()).map(Number);
  expect(groups.slice(0, -1).reduce((sum, group) => sum + group, 0)).toBe(groups.at(-1));
  await dialog.getByRole("button", { name: "Set as non-marketing" }).click();
  await toast(page, /^3 contacts will be non-marketing from \d/).waitFor();
  await page
    .getByText(/^Waiting until \d/)
    .nth(2)
    .waitFor();
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ marketing: inAlaska, waiting: 3 });

  await toast(page, "will be non-marketing").getByRole("button", { name: "Undo" }).click();
  await toast(page, "Undone for 3 contacts").waitFor();
  await gone(page.getByText(/^Waiting until/));
});

test("operations, the record and Home tell the same story", async () => {
  await page.getByRole("navigation").getByRole("link", { name: "Operations" }).click();
  for (const kind of [
    "Undo of a status change",
    "Set as non-marketing contacts",
    "Set as marketing contacts",
  ])
    await page.getByRole("table").getByRole("link", { name: kind }).waitFor();
  await page.getByRole("link", { name: "Set as non-marketing contacts" }).click();
  await page.getByText("This has already been undone.").first().waitFor();
  await page.getByText("Takes effect").waitFor();
  // The undo takes effect at once, whenever the other would have.
  await page.getByRole("link", { name: /^Operation \d+$/ }).click();
  await page.getByRole("heading", { name: "Undo of a status change" }).waitFor();
  expect(await page.getByText("Takes effect").count()).toBe(0);

  await page.getByRole("navigation").getByRole("link", { name: "Contacts", exact: true }).click();
  await page.getByRole("tab", { name: /^Marketing contacts/ }).click();
  await shows(page, inAlaska, people.created);
  await page.getByRole("table").getByRole("link").first().click();
  const why = page.getByRole("region", { name: "Why is this contact marketing?" });
  await why.getByText(/^Set as marketing contact on .*It counts\.$/).waitFor();
  await why.getByText("Set as marketing contact", { exact: true }).waitFor();

  await page.getByRole("navigation").getByRole("link", { name: "Home" }).click();
  const { json: usage } = await headroom.run("usage", "--json");
  expect(usage).toMatchObject({ marketing: inAlaska, waiting: 0, total: people.created });
  await page
    .getByRole("main")
    .getByRole("link", { name: String(usage["marketing"]), exact: true })
    .waitFor();
  const room = Number(usage["contactLimit"]) - Number(usage["marketing"]);
  await page.getByRole("main").getByText(number(room), { exact: true }).first().waitFor();
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true });
});
