import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, launchBrowser, phone, signIn } from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { comeBackAfter } from "./late-answers.ts";

// One contact from its creation to its erasure, and a property of the account's own on the way.
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

const act = async (name: string): Promise<void> => {
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
};
const dialog = () => page.getByRole("dialog");

async function create(values: Record<string, string>, marketing: boolean): Promise<void> {
  await page.goto(`${headroom.url}/contacts`);
  await page.getByRole("button", { name: "Create contact" }).first().click();
  for (const [label, value] of Object.entries(values))
    await dialog().getByLabel(label, { exact: true }).fill(value);
  if (marketing) await dialog().getByLabel("Set as marketing contact").check();
  await dialog().getByRole("button", { name: "Create", exact: true }).click();
}

test("a property is made in Settings", async () => {
  await page.goto(`${headroom.url}/settings/properties`);
  await page.getByRole("button", { name: "Create property" }).click();
  await dialog().getByLabel("Label", { exact: true }).fill("Preferred shop");
  await dialog().getByRole("combobox", { name: "Field type" }).click();
  await page.getByRole("option", { name: "Dropdown" }).click();
  await dialog().getByLabel("Option 1", { exact: true }).fill("Kraków");
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog().getByRole("button", { name: "Save" }).click();
  await page.getByText("preferred_shop").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("a contact is created and set as marketing; its record says why it counts, and takes it back", async () => {
  await create({ "E-mail": "lucja@tallmark.test", "First name": "Łucja" }, true);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { name: "Why is this contact marketing?" }).waitFor();
  await page.getByRole("button", { name: /^Edit City/ }).click();
  await page.getByLabel("City", { exact: true }).fill("Kraków");
  await page.keyboard.press("Enter");
  await page.getByText("City: Kraków").waitFor();
  await act("Set as non-marketing");
  await dialog().getByRole("button", { name: "Set as non-marketing" }).click();
  await page.getByText(/^Waiting until/).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await page.getByText("Kept as marketing contact").first().waitFor();
});

test("what is being written stays when something around it cannot be fetched again", async () => {
  const second = await page.context().newPage();
  await second.clock.install();
  await second.goto(page.url());
  await second.getByRole("button", { name: /^Edit City/ }).click();
  await second.getByLabel("City", { exact: true }).fill("Typed");
  const refused = second.waitForResponse("**/api/properties");
  await second.route("**/api/properties", (route) => route.fulfill({ status: 400, body: "{}" }));
  await comeBackAfter(second, "02:00");
  await refused;
  const city = second.getByLabel("City", { exact: true });
  expect(await city.inputValue()).toBe("Typed");
  await city.press("Enter");
  await second.getByText("City: Typed").waitFor();
  await second.close();
});

test("a note is kept, and a pin holds against a change of status", async () => {
  await page.getByRole("button", { name: "Note", exact: true }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Prefers to be called");
  await page.getByRole("button", { name: "Save note" }).click();
  await page.getByText("Prefers to be called").waitFor();
  const pin = page.getByRole("combobox", { name: "Pin" });
  await pin.click();
  await page.getByRole("option", { name: "Always keep as marketing" }).click();
  await page.getByText("The pin is saved").first().waitFor();
  await act("Set as non-marketing");
  await dialog().getByText("Remove the pin first.").waitFor();
  expect(await dialog().getByRole("button", { name: "Set as non-marketing" }).isDisabled()).toBe(true);
  await dialog().getByRole("button", { name: "Cancel" }).click();
  await pin.click();
  await page.getByRole("option", { name: "No pin" }).click();
});

test("a duplicate is named, made with another address, and merged", async () => {
  await create({ "E-mail": "LUCJA@tallmark.test" }, false);
  await dialog().getByText("belongs to another contact").waitFor();
  await create({ "E-mail": "l@tallmark.test", "First name": "Lucja" }, false);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { name: "Why is this contact not marketing?" }).waitFor();
  await act("Merge with another contact");
  await dialog()
    .getByRole("button", { name: /lucja@tallmark/ })
    .click();
  await dialog().getByText("After the merge:").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog().getByRole("button", { name: "Swap" }).click();
  await dialog().getByText("After the merge:").waitFor();
  await dialog().getByLabel("I know that a merge cannot be undone").check();
  await dialog().getByRole("button", { name: "Merge", exact: true }).click();
  await page.getByText(/was merged into this one/).waitFor();
  await page.getByRole("heading", { name: "Łucja" }).waitFor();
});

test("it is deleted, found among the deleted on a phone, restored after a question, and erased", async () => {
  const { url } = headroom;
  const address = page.url();
  await act("Delete");
  await dialog().getByRole("button", { name: "Delete" }).click();
  await page.waitForURL(/\/contacts(\?|$)/);
  const small = await signIn(browser, headroom, { viewport: phone, colorScheme: "dark" });
  await small.goto(`${url}/contacts/deleted`);
  await small.getByRole("link", { name: "Łucja" }).click();
  await small.getByText("Deleted on").waitFor();
  expect(await accessibilityProblems(small)).toEqual([]);
  await small.getByRole("button", { name: "Restore" }).click();
  await small.getByText("counts again at once").waitFor();
  await small.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
  await small.getByRole("heading", { name: "Why is this contact marketing?" }).waitFor();
  expect(await accessibilityProblems(small)).toEqual([]);

  await page.goto(address);
  await act("Erase for good");
  await dialog().getByLabel(/^Type/).fill("łucja");
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog().getByRole("button", { name: "Erase for good" }).click();
  await page.waitForURL(/\/contacts(\?|$)/);
  await page.goto(address);
  await page.getByText("There is nothing at this address").waitFor();
});
