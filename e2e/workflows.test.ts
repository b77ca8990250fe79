import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { askAs } from "./ask-as.ts";
import { accessibilityProblems, desk, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { bulk, gone, shows, toast } from "./contacts-page.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { comeBackAfter } from "./late-answers.ts";
import { type Receiver, receive } from "./receiver.ts";
import { type Language, wrongTexts } from "./screen-texts.ts";

// Automations > Workflows, among forty people: thirty of them marketing contacts, four unsubscribed.
const PEOPLE = 40;
const MARKETING = 30;
/** Three of them are marketing contacts, one is not. */
const UNSUBSCRIBED = ["1", "2", "3", "40"];

let headroom: Installation;
let browser: Browser;
let page: Page;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await receive();
  headroom = await startHeadroom({ env: { HEADROOM_OUTBOUND_ALLOW: receiver.place } });
  const file = join(headroom.folder, "people.csv");
  const rows = Array.from({ length: PEOPLE }, (_, i) => `Name${i},Ek,person${i}@example.test`);
  writeFileSync(file, ["First Name,Last Name,Email", ...rows, ""].join("\n"));
  await headroom.run("import", file);
  const ids = Array.from({ length: MARKETING }, (_, i) => String(i + 1));
  await headroom.run("set-marketing", "--ids", ids.join(","), "--expect", String(MARKETING));
  browser = await launchBrowser();
  page = await signIn(browser, headroom);
  await ask("PATCH", "/api/marketing-settings", { scheduleProtected: false });
  await optOut(UNSUBSCRIBED);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
  receiver.server.close();
});

const ask = (method: string, path: string, body?: object) => askAs(page, `${method} ${path}`, body);

async function optOut(ids: readonly string[]): Promise<void> {
  await ask("POST", "/api/contacts/bulk/opt-out", { selection: { ids } });
}

const usage = async () => (await headroom.run("usage", "--json")).json;
const heading = (name: string) => page.getByRole("heading", { level: 1, name });
const dialog = (name: string | RegExp) => page.getByRole("dialog", { name });
const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });

async function openWorkflows(): Promise<void> {
  await page.goto(`${headroom.url}/workflows`);
  await heading("Workflows").waitFor();
}

test("whoever has none sees what workflows do, and starts from a template", async () => {
  await openWorkflows();
  await page.getByText("Let contacts take care of themselves").waitFor();
  await page.getByRole("button", { name: /^Unsubscribed or bounced/ }).click();
  const create = dialog("Create workflow");
  expect(await create.getByRole("radio", { name: /^Unsubscribed or bounced/ }).isChecked()).toBe(true);
  await create.getByLabel("Name").fill("Leavers");
  await create.getByRole("button", { name: "Create workflow" }).click();
  await heading("Leavers").waitFor();
  await page.getByText("Never been on").waitFor();
});

test("the price tag says what turning it on would do, and that is what happens", async () => {
  await page.getByRole("button", { name: "Turn on", exact: true }).click();
  const turnOn = dialog("Turn on workflow");
  await turnOn.getByText("4 contacts match now. Enroll them too?").waitFor();
  const verb = turnOn.getByRole("button", { name: "Turn on" });
  expect(await verb.isDisabled()).toBe(true);
  await turnOn.getByRole("radio", { name: "Yes, enroll the 4 contacts that match now" }).check();
  const said = await turnOn.getByRole("definition").allInnerTexts();
  expect(said).toEqual(["3", "1", "4"]);
  await turnOn.getByText("27", { exact: true }).waitFor();
  expect(await usage()).toMatchObject({ marketing: MARKETING, waiting: 0 });
  await verb.click();
  await toast(page, "Leavers is on.").waitFor();
  await page.getByText("Version 1 ·").waitFor();
  await vi.waitUntil(async () => (await usage())["waiting"] === 3, { timeout: 30_000, interval: 500 });
  expect(await usage()).toMatchObject({ marketing: MARKETING, waiting: 3 });
});

test("whoever unsubscribes from now on follows, and the index counts them", async () => {
  await optOut(["4"]);
  await vi.waitUntil(async () => (await usage())["waiting"] === 4, { timeout: 30_000, interval: 500 });
  await openWorkflows();
  await row("Leavers").getByRole("cell", { name: "5", exact: true }).waitFor();
  await page.goto(`${headroom.url}/operations`);
  const named = page.getByRole("link", { name: "Set as non-marketing contacts: Leavers" });
  await named.first().waitFor();
  expect(await named.count()).toBe(1);
});

test("a workflow with an error cannot be turned on, and the error leads to its step", async () => {
  await openWorkflows();
  await page.getByRole("button", { name: "Create workflow" }).click();
  const create = dialog("Create workflow");
  await create.getByRole("radio", { name: /^An empty workflow/ }).check();
  await create.getByLabel("Name").fill("Empty");
  await create.getByRole("combobox", { name: "Folder" }).fill("Trials");
  await create.getByRole("button", { name: "Create workflow" }).click();
  await heading("Empty").waitFor();
  await page.getByRole("button", { name: "Turn on", exact: true }).click();
  const turnOn = dialog("Turn on workflow");
  await turnOn.getByText("1 thing has to be mended before it can be turned on.").waitFor();
  expect(await turnOn.getByRole("button", { name: "Turn on" }).isDisabled()).toBe(true);
  await turnOn.getByRole("link", { name: "Open the builder" }).click();
  await gone(turnOn);
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await dialog("Delete workflow").getByText("Nobody is inside now.").waitFor();
  await dialog("Delete workflow").getByRole("button", { name: "Delete" }).click();
  await toast(page, "Empty is deleted.").waitFor();
  await heading("Workflows").waitFor();
});

test("people are enrolled by hand, and the history tells how a receiver that was away comes back", async () => {
  const { body: made } = await ask("POST", "/api/workflows", { name: "Tell the shop" });
  const definition = {
    start: "hook",
    steps: [{ id: "hook", name: "Call", type: "webhook", url: `http://${receiver.place}/hook` }],
  };
  const path = `/api/workflows/${String(made["id"])}`;
  const { body: saved } = await ask("PUT", `${path}/draft`, { revision: made["revision"], definition });
  await ask("POST", `${path}/turn-on`, { revision: saved["revision"] });

  await page.goto(`${headroom.url}/contacts`);
  await shows(page, PEOPLE, PEOPLE);
  for (const place of [1, 2]) await page.getByRole("table").getByRole("checkbox").nth(place).check();
  const enroll = await bulk(page, "Enroll in workflow");
  await enroll.getByRole("combobox", { name: "Workflow" }).click();
  await page.getByRole("option", { name: "Tell the shop" }).click();
  await enroll.getByRole("button", { name: "Enroll" }).click();
  await gone(enroll);

  await openWorkflows();
  await row("Tell the shop").getByRole("link", { name: "2", exact: true }).click();
  const people = page.getByRole("list").filter({ hasText: "Next try" });
  await people.getByText("Retrying").first().waitFor();
  await people.getByText("The receiver answered 503.").first().waitFor();
  await page.goto(`${page.url().split("?")[0]}?tab=history&show=events&kind=info`);
  await page.getByText("The receiver answered 503.").first().waitFor();
  await page
    .getByText(/Next try/)
    .first()
    .waitFor();
  receiver.status = 200;
  await page.goto(`${page.url().split("?")[0]}?tab=history&show=events&kind=done`);
  // Which try it is depends on how long the receiver was away.
  await page
    .getByText(/Try \d+/)
    .first()
    .waitFor({ timeout: 100_000 });
  await page.goto(`${page.url().split("?")[0]}?tab=history&state=finished`);
  await vi.waitUntil(async () => (await page.getByText("Ended").count()) === 2, { timeout: 30_000 });
  expect(new Set(receiver.told).size).toBe(2);
  expect(receiver.told).toHaveLength(2);
});

test("a dialog about who is chosen never comes to be about everybody else", async () => {
  await openWorkflows();
  const link = await row("Tell the shop").getByRole("link", { name: "Tell the shop" }).getAttribute("href");
  const second = await page.context().newPage();
  let parked = ["1", "2"];
  await second.route("**/enrollments?*", async (route) => {
    const response = await route.fetch({ url: route.request().url().replace("state=parked", "") });
    const people = (await response.json()) as { enrollments: [{ contact: object }] };
    const [one] = people.enrollments;
    const named = (id: string) => ({ ...one.contact, id, name: `Parked ${id}` });
    const enrollments = parked.map((id) => ({
      ...one,
      id,
      contact: named(id),
      state: "parked",
      endedAt: null,
    }));
    await route.fulfill({ response, json: { ...people, enrollments } });
  });
  await second.clock.install();
  await second.goto(`${headroom.url}${link}?tab=history&state=parked`);
  await second.getByRole("checkbox", { name: "Choose Parked 1" }).check();
  await second.getByRole("button", { name: "Remove from the workflow" }).click();
  parked = ["2"];
  await comeBackAfter(second, "00:30");
  await second.getByLabel("Choose Parked 1").waitFor({ state: "detached" });
  await second.route("**/unenroll", (route) => route.abort());
  const asked = second.waitForRequest("**/unenroll");
  await second.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  expect((await asked).postDataJSON()).toEqual({ contactIds: ["1"] });
  await second.close();
});

test("turning off says how many are inside, and where they stay", async () => {
  receiver.status = 503;
  await page.goto(`${headroom.url}/contacts/10`);
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "Enroll in workflow" }).click();
  const enroll = dialog(/^Enroll 1 contact/);
  await enroll.getByRole("combobox", { name: "Workflow" }).click();
  await page.getByRole("option", { name: "Tell the shop" }).click();
  await enroll.getByRole("button", { name: "Enroll" }).click();
  await gone(enroll);
  await openWorkflows();
  await row("Tell the shop").getByRole("cell", { name: "3", exact: true }).waitFor();
  await row("Tell the shop").hover();
  await row("Tell the shop").getByRole("button", { name: "Turn off" }).click();
  const turnOff = dialog("Turn off workflow");
  await turnOff.getByText("1 contact is inside now.").waitFor();
  await turnOff.getByRole("radio", { name: "Let them leave" }).check();
  await turnOff.getByRole("button", { name: "Turn off" }).click();
  await toast(page, "Tell the shop is off.").waitFor();
  await row("Tell the shop").getByText("Off", { exact: true }).waitFor();
  expect(await row("Tell the shop").getByRole("link", { name: "1", exact: true }).count()).toBe(0);
});

const languages = { English: "en", Svenska: "sv", Polski: "pl" } as const satisfies Record<string, Language>;
const paths = ["/workflows", "/workflows/1", "/workflows/1?tab=history", "/workflows/1?tab=versions"];

/** What is wrong with the page as it stands, each with where. */
async function problems(language: Language, where: string, axe = true): Promise<string[]> {
  const { width } = page.viewportSize() ?? desk;
  const widest = await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth);
  return [
    ...(axe ? await accessibilityProblems(page) : []),
    ...(await wrongTexts(page, language)).map((text) => `text: ${text}`),
    ...(widest > width ? [`wider than the screen by ${widest - width}`] : []),
  ].map((problem) => `${where} ${problem}`);
}

test.for([
  ["English", "light", "dark"],
  ["Svenska", "dark", "light"],
  ["Polski", "light", "dark"],
] as const)("in %s every page of workflows is whole, wide and narrow", async ([language, wide, narrow]) => {
  await page.setViewportSize(desk);
  await page.goto(`${headroom.url}/workflows`);
  await switchLanguage(page, language);
  const code = languages[language];
  const found: string[] = [];
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: wide });
    await page.setViewportSize(desk);
    await page.goto(headroom.url + path, { waitUntil: "networkidle" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    found.push(...(await problems(code, path)));
    await page.emulateMedia({ colorScheme: narrow });
    await page.setViewportSize(phone);
    // What a word's length changes shows in every language; how the page is built, in one.
    found.push(...(await problems(code, `${path} on a phone`, code === "en")));
  }
  expect(found).toEqual([]);
});

test("a plan without workflows shows what they would do, and the server refuses too", async () => {
  await page.setViewportSize(desk);
  await page.goto(`${headroom.url}/workflows`);
  await switchLanguage(page, "English");
  const { status } = await ask("PATCH", "/api/billing", { plan: "starter", when: "now" });
  expect(status).toBe(200);
  await openWorkflows();
  await page.getByText("Professional").first().waitFor();
  await row("Leavers").getByText("Paused").waitFor({ timeout: 30_000 });
  expect(await page.getByRole("button", { name: "Create workflow" }).count()).toBe(0);
  const refused = await ask("POST", "/api/workflows", { name: "Another" });
  expect(refused.body["error"]).toMatchObject({ code: "plan_required" });
  // What the server would refuse is disabled and says why; a workflow can still be ended.
  await row("Leavers").getByRole("button", { name: "Leavers" }).click();
  await page.getByText("Workflows can be changed with Professional and Enterprise.").waitFor();
  const can = (name: string) => page.getByRole("menuitem", { name, exact: true }).isEnabled();
  expect([await can("Name and folder"), await can("Clone")]).toEqual([false, false]);
  expect([await can("Turn off"), await can("Delete")]).toEqual([true, true]);
  await page.keyboard.press("Escape");
  await row("Leavers").getByRole("link", { name: "Leavers" }).click();
  await page.getByText("This workflow is paused.").waitFor();
  expect(await page.getByRole("button", { name: "Let it go on" }).count()).toBe(0);
  await page.getByRole("toolbar").getByText("It comes with Professional and Enterprise.").waitFor();
  expect(await page.getByRole("button", { name: /^Add an action/ }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Name and folder" }).count()).toBe(0);
  await ask("PATCH", "/api/billing", { plan: "professional", when: "now" });
  await page.reload();
  await page.getByRole("button", { name: "Let it go on" }).click();
  await toast(page, "Leavers is on.").waitFor();
});
