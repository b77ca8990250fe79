import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { launchBrowser, signIn } from "./browser.ts";
import { number, shows } from "./contacts-page.ts";
import { type Installation, startHeadroom } from "./installation.ts";

// A file from somewhere else: columns nobody knows, an address that is none, and the way back.
let headroom: Installation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  headroom = await startHeadroom();
  browser = await launchBrowser();
  page = await signIn(browser, headroom);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

async function choose(name: string, content: string | Buffer): Promise<void> {
  const file = join(headroom.folder, name);
  writeFileSync(file, content);
  await page.goto(`${headroom.url}/imports/new`);
  await page.locator("input[type=file]").setInputFiles(file);
}

/** The numbers on screen, by what they count. */
async function counts(expected: Record<string, number>): Promise<void> {
  for (const [name, rows] of Object.entries(expected)) {
    const cell = page.locator("dl > div").filter({ has: page.locator("dt", { hasText: name }) });
    await cell.locator("dd").first().getByText(number(rows), { exact: true }).waitFor();
  }
}

test("columns become properties, one of them new, and the dry run says what would happen", async () => {
  // Windows-1252, semicolons, Swedish headers: as a spreadsheet saves it.
  const lines = [
    "Förnamn;Efternamn;E-post;Ort;Skostorlek",
    "Åsa;Öberg;asa@example.test;Gävle;38,5",
    "Bo;Ek;bo@example.test;Växjö;44",
    "Carl;Fel;ingen adress;Lund;42",
    "",
  ];
  await choose("kunder.csv", Buffer.from(lines.join("\r\n"), "latin1"));
  const becomes = (column: string) => page.getByRole("combobox", { name: `What ${column} becomes` });
  await becomes("Förnamn").waitFor();
  expect(await becomes("Förnamn").inputValue()).toBe("First name");
  expect(await becomes("E-post").inputValue()).toBe("E-mail");
  await page.getByText("Åsa · Bo · Carl").waitFor();
  await becomes("Skostorlek").click();
  await page.getByRole("option", { name: "New property…" }).click();
  expect(await page.getByRole("textbox", { name: "Name of the new property" }).inputValue()).toBe(
    "Skostorlek",
  );
  expect(await page.getByRole("combobox", { name: "Type of the new property" }).inputValue()).toBe("Number");
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByText("Nothing is written yet.").first().waitFor();
  await counts({ Created: 2, Updated: 0, Unchanged: 0, Rejected: 1, "Rows in the file": 3 });
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: 0 });
});

test("a rejected row is fixed on the spot and retried alone", async () => {
  await page.getByRole("button", { name: "Import 2 rows" }).click();
  await page.getByRole("region", { name: "1 rejected row" }).waitFor();
  await page.getByRole("link", { name: "View contacts" }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByText("Download CSV").click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole("textbox", { name: "Fix for line 4" }).fill("carl@example.test");
  await page.getByRole("button", { name: "Fix and retry 1 row" }).click();
  await counts({ Created: 1, Rejected: 0, "Rows in the file": 1 });
  await page.getByRole("link", { name: "View contacts" }).click();
  await shows(page, 3, 3);
  await page.getByRole("link", { name: "Åsa Öberg" }).click();
  await page.getByText("38.5").first().waitFor();
});

test("an import is taken back as a whole", async () => {
  await page.goto(`${headroom.url}/imports`);
  await page.getByRole("link", { name: "kunder.csv", exact: true }).click();
  await page.getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("heading", { level: 1, name: /Undo of an import/ }).waitFor();
  await page.getByText("Done", { exact: true }).first().waitFor();
  await page.goto(`${headroom.url}/contacts`);
  await shows(page, 1, 1);
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true });
});

test("a spreadsheet is read like any other file", async () => {
  const sheet = [
    ["E-mail", "First name", "City"].map((value) => ({ value })),
    ["ola@example.test", "Ola", "Łódź"].map((value) => ({ value })),
    ["no address", "Pia", "Gävle"].map((value) => ({ value })),
  ];
  const file = join(headroom.folder, "people.xlsx");
  await writeExcelFile(sheet).toFile(file);
  await page.goto(`${headroom.url}/imports/new`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: "Check the file" }).click();
  await counts({ Created: 1, Updated: 0, Unchanged: 0, Rejected: 1, "Rows in the file": 2 });
  await page.getByRole("button", { name: "Import 1 row" }).click();
  await page.getByRole("link", { name: "View contacts" }).click();
  await page.getByRole("link", { name: "Ola" }).click();
  await page.getByText("Łódź").first().waitFor();
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: 2 });
});

test.for([
  ["a picture", "picture.csv", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xff])],
  ["an open quote", "quote.csv", `Email,City\na@example.test,"Lund\n${"b@example.test,x\n".repeat(50)}`],
  ["nothing", "empty.csv", ""],
] as const)("%s is refused with a sentence", async ([, name, content]) => {
  await choose(name, typeof content === "string" ? content : Buffer.from(content));
  const check = page.getByRole("button", { name: "Check the file" });
  const alert = page.getByRole("alert");
  await check.or(alert).first().waitFor();
  if (await check.isVisible()) await check.click();
  const sentence = await alert.first().innerText();
  expect(sentence).toMatch(/[a-z]{3,}.*\.$/s);
  expect(sentence).not.toMatch(/went wrong|undefined|\{\{|[a-z]:[a-z]/);
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ total: 2 });
});
