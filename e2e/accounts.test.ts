import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems, launchBrowser, newPage, phone } from "./browser.ts";
import { type Installation, startHeadroom } from "./installation.ts";

// From the link of the first start to a second person who asks for a permission and gets it.
let headroom: Installation;
let browser: Browser;
let anna: Page;
beforeAll(async () => {
  headroom = await startHeadroom({ setUp: false });
  browser = await launchBrowser();
  anna = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
});

const PASSWORD = "correct-horse-battery";

test("the printed link sets up the installation, once", async () => {
  await anna.goto(headroom.url);
  await anna.getByText("Open the set-up link").waitFor();
  await anna.goto(String(headroom.setupLink));
  await anna.getByLabel("Your name").fill("Anna Rask");
  await anna.getByLabel("E-mail address").fill("anna@example.test");
  await anna.getByLabel("New password").fill(PASSWORD);
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("button", { name: "Next" }).click();
  await anna.getByLabel("Account name").fill("Fernhill");
  // By keyboard: Enter takes the match, or nothing, and does not send the form with the zone of before.
  const zone = anna.getByRole("combobox", { name: "Time zone" });
  await zone.fill("Warszawa");
  await anna.getByText("No such time zone").waitFor();
  await zone.press("Enter");
  await zone.fill("Warsaw");
  await zone.press("Enter");
  expect(await zone.inputValue()).toBe("Europe/Warsaw");
  await anna.getByRole("button", { name: "Svenska" }).click();
  await anna.getByRole("combobox", { name: "Språk" }).and(anna.locator("[value=Svenska]")).waitFor();
  await anna.getByRole("button", { name: "English" }).click();
  await anna.getByRole("button", { name: "Next" }).click();
  await anna.getByLabel("We pay a vendor").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("button", { name: "Finish set-up" }).click();

  await anna.getByRole("button", { name: /Fernhill/ }).waitFor();
  const again = await newPage(browser);
  await again.goto(String(headroom.setupLink));
  await again.getByRole("button", { name: "Sign in" }).waitFor();
});

test("an invited person joins on a phone, in their language, and asks for what they lack", async () => {
  // The roles come late, as on a slow line: the panel has to wait for the one that it proposes.
  await anna.route("**/api/roles", (route) => setTimeout(() => void route.continue(), 1_000));
  await anna.goto(`${headroom.url}/settings/users`);
  await anna.getByRole("button", { name: "Invite user" }).click();
  await anna.getByLabel("E-mail address").fill("bo@example.test");
  await anna.getByRole("button", { name: "Make link" }).click();
  const link = await anna.getByLabel("Invitation link").inputValue();
  await anna.getByRole("button", { name: "Done" }).click();
  await anna.unroute("**/api/roles");

  const bo = await newPage(browser, { viewport: phone, colorScheme: "dark" });
  await bo.goto(link);
  await bo.getByRole("button", { name: "Svenska" }).click();
  await bo.getByLabel("Ditt namn").fill("Bo Ek");
  await bo.getByLabel("Nytt lösenord").fill("häst batteri klammer");
  expect(await accessibilityProblems(bo)).toEqual([]);
  await bo.getByRole("button", { name: "Gå med" }).click();
  await bo.waitForURL(`${headroom.url}/`);
  await bo.goto(`${headroom.url}/settings/users`);
  await bo.getByText("Anna Rask").waitFor();
  expect(await accessibilityProblems(bo)).toEqual([]);
  const asked = bo.waitForResponse(/\/api\/requests$/);
  await bo.getByRole("main").getByRole("button", { name: "Fråga" }).click();
  await asked;

  await anna.reload();
  await anna.getByText("Bo Ek asks for: Users and roles").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("button", { name: "Grant" }).click();
  await anna.getByText("Granted to Bo Ek").waitFor();
  await bo.reload();
  await bo.getByRole("heading", { name: "Logga in" }).waitFor();
});

test("a token is shown once, and a second account stays apart from the first", async () => {
  await anna.goto(`${headroom.url}/settings/tokens`);
  await anna.getByRole("button", { name: "New API token" }).click();
  await anna.getByLabel("Name").fill("Website");
  await anna.getByRole("button", { name: "Create token" }).click();
  const token = await anna.getByLabel("Token", { exact: true }).inputValue();
  await anna.getByRole("button", { name: "Done" }).click();
  const answer = await fetch(`${headroom.url}/api/roles`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);

  await anna.goto(`${headroom.url}/settings/account`);
  await anna.getByRole("button", { name: "New account" }).click();
  await anna.getByLabel("Account name").last().fill("Brookside");
  await anna.getByRole("button", { name: "Create account" }).click();
  await anna.getByRole("button", { name: /Brookside/ }).waitFor();
  await anna.goto(`${headroom.url}/settings/tokens`);
  await anna.getByText("No API tokens").waitFor();

  await anna.goto(`${headroom.url}/settings/account`);
  await anna.getByRole("button", { name: "Delete Brookside" }).click();
  await anna.getByLabel("Type Brookside to confirm").fill("Brookside");
  await anna.getByRole("button", { name: "Delete account" }).click();
  await anna.getByRole("button", { name: /Fernhill/ }).waitFor();
});
