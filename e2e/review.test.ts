import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { type Installation, login, startHeadroom } from "./installation.ts";
import { comeBackAfter } from "./late-answers.ts";

// Three places are left, eight people come: five wait, and a person decides what they may cost.
let headroom: Installation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  headroom = await startHeadroom({ setUp: false });
  await setUpWithThreePlaces();
  browser = await launchBrowser();
  page = await signIn(browser, headroom);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

async function setUpWithThreePlaces(): Promise<void> {
  const file = join(headroom.folder, "password");
  writeFileSync(file, login.password, { mode: 0o600 });
  const person = ["--email", login.email, "--password-file", file, "--account", "Fernhill"];
  const count = "--plan professional --counting vendor --tier 3 --policy hold --time-zone Europe/Stockholm";
  const { code, errors } = await headroom.run("setup", ...person, ...count.split(" "));
  expect([code, code === 0 ? "" : errors]).toEqual([0, ""]);
}

const review = () => page.goto(`${headroom.url}/billing?tab=review`);
const usage = async () => (await headroom.run("usage", "--json")).json["marketing"];
const waiting = (text: string) =>
  page.getByRole("region", { name: "Decide" }).getByText(text, { exact: true });

async function tickFirst(count: number): Promise<void> {
  const boxes = page.getByRole("checkbox", { name: /^Select (?!all)/ });
  for (let place = 0; place < count; place++) await boxes.nth(place).check();
}

test("set-up keeps the policy, and Account & Billing explains each in a sentence", async () => {
  await page.goto(`${headroom.url}/billing`);
  await page.getByRole("button", { name: "Edit" }).first().click();
  const panel = page.getByRole("dialog");
  expect(await panel.getByRole("radio", { name: /^Hold: / }).isChecked()).toBe(true);
  await panel.getByRole("textbox", { name: "Maximum" }).fill("6");
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.waitFor({ state: "hidden" });
});

test("an import stores everybody, raises whom there is room for, and holds the rest", async () => {
  const file = join(headroom.folder, "fair.csv");
  const names = ["Ada", "Bo", "Cilla", "Dag", "Eva", "Finn", "Greta", "Hugo"];
  const lines = names.map((name) => `${name},${name.toLowerCase()}@example.test`);
  writeFileSync(file, ["firstname,email", ...lines, ""].join("\n"));
  const words = ["import", file, "--set-marketing", "new", "--json"];
  const dry = await headroom.run(...words, "--dry-run");
  expect(dry.json).toMatchObject({ created: 8, raised: 3, held: 5 });
  const done = await headroom.run(...words, "--expect", "3");
  expect(done.json).toMatchObject({ created: 8, raised: 3, held: 5, refused: 0 });
  expect(await usage()).toBe(3);
});

test("people with Billing are told, and see who waits, since when and why", async () => {
  await page.goto(headroom.url);
  await page.getByRole("link", { name: "5 contacts wait for approval" }).click();
  await waiting("5 contacts wait").waitFor();
  await page.getByRole("link", { name: "Dag" }).waitFor();
  await page.getByText("No objection known").first().waitFor();
  // The queue scrolls with its page: nothing else does.
  const scrollers = `[...document.querySelectorAll("main *")]
    .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowY)).length`;
  expect(await page.evaluate(scrollers)).toBe(0);
  // Who they are and where they come from is there in full, not up to some dots.
  const cut = `[...document.querySelectorAll("main tbody td:nth-child(n+2)")]
    .filter((cell) => [cell, cell.firstElementChild ?? cell].some((each) =>
      each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight))
    .map((cell) => cell.innerText)`;
  expect(await page.evaluate(cut)).toEqual([]);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("link", { name: "Dag" }).click();
  await page.getByText(/^Held, waiting for approval since/).waitFor();
});

test("a held contact is lowered on its record, and waits again when that is undone", async () => {
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "Set as non-marketing" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/^It is held and does not count/).waitFor();
  await dialog.getByRole("button", { name: "Set as non-marketing" }).click();
  await page.getByText("No longer waiting for approval").waitFor();
  await page.getByText(/^Held, waiting for approval since/).waitFor({ state: "detached" });
  await page.getByText("makes it wait for approval again").waitFor();
  const before = await usage();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText(/^Held, waiting for approval since/).waitFor();
  expect(await usage()).toBe(before);
});

test("approving one shows the step it buys and asks for the number", async () => {
  await review();
  await tickFirst(1);
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("This moves up to the tier of 2,000 contacts.").waitFor();
  await dialog.getByText(/Price for a month: .* now, .* then/).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const verb = dialog.getByRole("button", { name: "Approve" });
  expect(await verb.isDisabled()).toBe(true);
  await dialog.getByRole("textbox").fill("1");
  await verb.click();
  await page.getByText("1 contact approved").waitFor();
  await waiting("4 contacts wait").waitFor();
  expect(await usage()).toBe(4);
});

test("a dialog stays about who was ticked when others have decided on them meanwhile", async () => {
  const second = await page.context().newPage();
  await second.clock.install();
  await second.goto(`${headroom.url}/billing?tab=review`);
  const ticked = second.getByRole("checkbox", { name: /^Select (?!all)/ }).first();
  const name = (await ticked.getAttribute("aria-label"))?.replace("Select ", "") ?? "";
  await ticked.check();
  await second.getByRole("button", { name: "Decline", exact: true }).click();
  const dialog = second.getByRole("dialog", { name: /^Decline 1 / });
  await dialog.waitFor();
  await second.route("**/api/review?*", async (route) => {
    const response = await route.fetch();
    const { contacts, ...queue } = (await response.json()) as { contacts: { name: string }[]; held: number };
    const others = contacts.filter((contact) => contact.name !== name);
    await route.fulfill({ response, json: { ...queue, held: queue.held - 1, contacts: others } });
  });
  await comeBackAfter(second, "00:30");
  await second.getByText(name, { exact: true }).waitFor({ state: "detached" });
  expect(await dialog.isVisible()).toBe(true);
  await second.close();
});

test("declined contacts come back with Undo", async () => {
  await tickFirst(2);
  await page.getByRole("button", { name: "Decline", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  await page.getByText("2 contacts declined").waitFor();
  await waiting("2 contacts wait").waitFor();
  const toast = page.getByRole("status").locator("> div").filter({ hasText: "2 contacts declined" });
  await toast.getByRole("button", { name: "Undo" }).click();
  await page.getByText("2 contacts wait for approval again").waitFor();
  await waiting("4 contacts wait").waitFor();
  expect(await usage()).toBe(4);
});

test("the maximum is never passed: the oldest get the places, and no further step is needed", async () => {
  await page.getByRole("button", { name: "Approve all" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Go on waiting: the maximum is reached").waitFor();
  expect(await dialog.getByText(/This moves up/).count()).toBe(0);
  await dialog.getByRole("button", { name: "Approve" }).click();
  await waiting("2 contacts wait").waitFor();
  await expect.poll(() => page.evaluate("document.activeElement === document.body")).toBe(false);
  expect(await usage()).toBe(6);
  expect((await headroom.run("verify", "--json")).json).toMatchObject({ right: true });
  await page.goto(headroom.url);
  await page.getByText("Until the maximum of 6").waitFor();
  await page.goto(`${headroom.url}/billing?tab=usage`);
  await page.getByRole("main").getByRole("img", { name: "6 of 6" }).waitFor();
});

test("the queue reads well on a phone, in the dark and in every language", async () => {
  await headroom.run("set-non-marketing", "--all", "--json");
  const small = await signIn(browser, headroom, { viewport: phone, colorScheme: "dark" });
  for (const language of ["Svenska", "Polski", "English"] as const) {
    await switchLanguage(small, language);
    await small.goto(`${headroom.url}/billing?tab=review`);
    await small.getByRole("heading", { level: 2 }).first().waitFor();
    expect(await accessibilityProblems(small)).toEqual([]);
  }
});
