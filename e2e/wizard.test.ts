import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { accessibilityProblems, desk, launchBrowser, phone, signIn, switchLanguage } from "./browser.ts";
import { gone } from "./contacts-page.ts";
import { type Installation, startHeadroom } from "./installation.ts";
import { held } from "./late-answers.ts";
import { type Language, wrongTexts } from "./screen-texts.ts";

// Manage marketing contacts: choose, look, review, update, take back; and the same before each update as a plan.
let headroom: Installation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  headroom = await startHeadroom();
  const file = join(headroom.folder, "people.csv");
  const rows = Array.from(
    { length: 40 },
    (_, i) => `Name${i},Ek,${i === 0 ? "info" : `person${i}`}@example.test,${i % 4 ? "Lund" : "Kiruna"}`,
  );
  writeFileSync(file, ["First Name,Last Name,Email,City", ...rows, ""].join("\n"));
  await headroom.run("import", file);
  const ids = Array.from({ length: 30 }, (_, i) => String(i + 1));
  await headroom.run("set-marketing", "--ids", ids.join(","), "--expect", "30");
  browser = await launchBrowser();
  page = await signIn(browser, headroom);
  await ask("PATCH", "/api/marketing-settings", { scheduleProtected: false });
  await ask("POST", "/api/contacts/bulk/opt-out", { selection: { ids: ["1", "2", "3", "40"] } });
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

/** As a page of ours does, for what this journey is not about; waits for the operation that it starts. */
async function ask(method: string, path: string, body: object): Promise<void> {
  const answer = await page.evaluate(
    async ([path, request]) => (await (await fetch(path, request)).json()) as { operationId?: string },
    [path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) }] as const,
  );
  const { operationId } = answer;
  if (operationId === undefined) return;
  const state = () =>
    page.evaluate(
      async (id) => ((await (await fetch(`/api/operations/${id}`)).json()) as { state: string }).state,
      operationId,
    );
  await vi.waitUntil(async () => (await state()) === "done", { timeout: 60_000, interval: 200 });
}

const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const next = () => page.getByRole("button", { name: "Next" }).click();

test("bounced and unsubscribed are chosen already, with a look at who they are", async () => {
  await page.goto(`${headroom.url}/billing?tab=usage`);
  await page.getByRole("button", { name: "Manage marketing contacts" }).click();
  await page.waitForURL(/draft=/);
  await page.getByText("Next update:").waitFor();
  await page.getByRole("main").getByRole("button", { name: "Help" }).first().waitFor();
  await page.getByRole("button", { name: "Start", exact: true }).last().click();
  // Each step begins at its top for the keyboard too.
  await page.getByRole("main").and(page.locator(":focus")).waitFor();
  await heading("Who does not read what you send?").waitFor();
  expect(await page.getByLabel("Bounced", { exact: true }).isChecked()).toBe(true);
  expect(await page.getByLabel("Unsubscribed", { exact: true }).isChecked()).toBe(true);
  await page.getByRole("button", { name: "Show contacts: Unsubscribed" }).click();
  const panel = page.getByRole("dialog", { name: "Unsubscribed" });
  await panel.getByText("3 contacts").waitFor();
  await panel.getByText("person2@example.test").waitFor();
  await page.keyboard.press("Escape");
  await gone(panel);
  const kept = page.waitForResponse(/\/api\/cleanup\/drafts\/\d+$/);
  await page.getByLabel("Role addresses", { exact: true }).check();
  await page.getByText("1 of them more than once").waitFor();
  await kept;
});

test("it is taken up where it was left", async () => {
  await page.goto(headroom.url);
  await page.goto(`${headroom.url}/marketing-contacts/manage`);
  await page.waitForURL(/draft=/);
  await page.getByRole("button", { name: "Start", exact: true }).last().click();
  expect(await page.getByLabel("Role addresses", { exact: true }).isChecked()).toBe(true);
  await next();
  await heading(/Anybody else/).waitFor();
});

test("a list can be made on the way, and each person counts once", async () => {
  await page.getByRole("button", { name: "New list" }).click();
  const panel = page.getByRole("dialog", { name: "New list" });
  await panel.getByLabel("Name", { exact: true }).fill("In Kiruna");
  await panel.getByLabel("Find a property").fill("City");
  await panel.getByRole("button", { name: "City", exact: true }).click();
  await panel.getByLabel("Value for City").fill("Kiruna");
  await panel.getByRole("button", { name: "Create and use" }).click();
  await gone(panel);
  await page.getByRole("link", { name: "In Kiruna" }).waitFor();
  // Ten live in Kiruna; the first of them has opted out as well, and so have two others.
  const selected = page.getByText("Selected so far").locator("..");
  await selected.getByText("12", { exact: true }).waitFor();
  expect(await selected.innerText()).toContain("each contact once");
  await next();
});

test("the review adds up, and the same choice becomes a plan", async () => {
  await heading(/^10 contacts will become non-marketing/).waitFor();
  const numbers = page.getByRole("table");
  expect(
    await numbers
      .getByRole("row", { name: /^Marketing contacts/ })
      .locator("td")
      .allInnerTexts(),
  ).toEqual(["30", "30", "20"]);
  expect(
    await numbers
      .getByRole("row", { name: /^Total/ })
      .locator("td")
      .allInnerTexts(),
  ).toEqual(["40", "40", "40"]);
  await page.getByRole("button", { name: "Save as a plan" }).click();
  const panel = page.getByRole("dialog", { name: "Save as a plan" });
  await panel.getByLabel("Name", { exact: true }).fill("Every month");
  await panel.getByRole("button", { name: "Save plan" }).click();
  await gone(panel);
});

test("the review waits for what is ticked to be kept, and a late answer leads nobody back", async () => {
  const steps = page.getByRole("navigation", { name: "Steps" });
  const toStep = (name: string) => steps.getByRole("button", { name }).click();
  const unsubscribed = page.getByLabel("Unsubscribed", { exact: true });
  await toStep("Unengaged contacts");
  const first = held(page, "**/api/cleanup/drafts/*", "PUT");
  await unsubscribed.uncheck();
  const late = await first;
  await toStep("Review and update");
  await heading("Review and update").waitFor();
  await late.continue();
  await heading(/^8 contacts will become non-marketing/).waitFor();

  await toStep("Unengaged contacts");
  const ticked = page.waitForResponse((response) => response.request().method() === "PUT");
  await unsubscribed.check();
  await ticked;
  const second = held(page, "**/api/cleanup/drafts/*", "PUT");
  await next();
  const later = await second;
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("tab", { name: "Usage & limits", selected: true }).waitFor();
  await later.continue();
  expect((await later.request().response())?.status()).toBe(200);
  await page.getByRole("button", { name: "Manage marketing contacts" }).click();
  await page.waitForURL(/draft=/);
  await toStep("Review and update");
  await heading(/^10 contacts will become non-marketing/).waitFor();
});

test("updating starts one operation, which can be undone", async () => {
  await page.getByRole("button", { name: "Update contacts" }).click();
  await page.waitForURL(/\/operations\/\d+/);
  const scheduled = page.getByRole("row", { name: /^Scheduled/ });
  await scheduled.waitFor();
  expect(await scheduled.innerText()).toContain("10");
  expect((await headroom.run("usage", "--json")).json).toMatchObject({ marketing: 30, waiting: 10 });
  await page.getByRole("button", { name: "Undo for 10 contacts" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /Undo/ }).click();
  await expect.poll(async () => (await headroom.run("usage", "--json")).json["waiting"]).toBe(0);
  expect((await headroom.run("verify")).code).toBe(0);
});

test("the plan says what comes next, can be skipped and paused, and carried out ahead of its time", async () => {
  await page.goto(`${headroom.url}/marketing-contacts/plans`);
  const plan = page.getByRole("region", { name: "Every month" });
  await plan.getByText("Notice on").waitFor();
  await plan.getByRole("button", { name: "Skip this time" }).click();
  await plan.getByText("Skipped for this update").waitFor();
  await plan.getByRole("button", { name: "Carry out after all" }).click();
  await plan.getByText("Notice on").waitFor();
  await plan.getByRole("button", { name: "Pause" }).click();
  await plan.getByText("Paused by hand.").waitFor();
  expect(await plan.getByRole("button").allInnerTexts()).toEqual(["Resume", "Edit", "Delete"]);
  await plan.getByRole("button", { name: "Resume" }).click();
  await plan.getByRole("button", { name: "Carry out now" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("10 contacts are scheduled").waitFor();
  await dialog.getByRole("button", { name: "Carry out now" }).click();
  await page.waitForURL(/operations\/\d+/);
  await expect.poll(async () => (await headroom.run("usage", "--json")).json["waiting"]).toBe(10);
  await page.goto(`${headroom.url}/marketing-contacts/plans`);
  await plan.getByText("Carried out for this update").waitFor();
});

/** What is wrong with the page as it stands, each with where. */
async function problems(language: Language, where: string): Promise<string[]> {
  const { width } = page.viewportSize() ?? desk;
  const widest = await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth);
  return [
    ...(await accessibilityProblems(page)),
    ...(await wrongTexts(page, language)).map((text) => `text: ${text}`),
    ...(widest > width ? [`wider than the screen by ${widest - width}`] : []),
  ].map((problem) => `${where} ${problem}`);
}

test.for([
  ["English", "en", "light", "dark"],
  ["Svenska", "sv", "dark", "light"],
  ["Polski", "pl", "light", "dark"],
] as const)("in %s every step is whole on a desk and on a phone", async ([language, code, wide, narrow]) => {
  await page.setViewportSize(desk);
  await page.goto(`${headroom.url}/marketing-contacts/manage`);
  await switchLanguage(page, language);
  await page.waitForURL(/draft=/);
  const draft = new URL(page.url()).searchParams.get("draft");
  const found: string[] = [];
  for (const path of ["start", "unengaged", "others", "review", "plans"]) {
    const wizard = `manage?draft=${draft}&step=${path}`;
    for (const [viewport, colorScheme] of [
      [desk, wide],
      [phone, narrow],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await page.goto(`${headroom.url}/marketing-contacts/${path === "plans" ? path : wizard}`, {
        waitUntil: "networkidle",
      });
      await page.getByRole("heading", { level: 1 }).waitFor();
      found.push(...(await problems(code, `${path} at ${viewport.width}`)));
    }
  }
  expect(found).toEqual([]);
});
