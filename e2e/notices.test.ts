import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MailSink, startMailSink } from "#test/outside.ts";
import { accessibilityProblems, launchBrowser, newPage, phone, signIn, switchLanguage } from "./browser.ts";
import { type Installation, login, startHeadroom } from "./installation.ts";
import { wrongTexts } from "./screen-texts.ts";

// Mail is set up and tried; an invitation and a request reach their readers, in the app and by mail.
let headroom: Installation;
let browser: Browser;
let sink: MailSink;
let anna: Page;
beforeAll(async () => {
  sink = await startMailSink({ login: { username: "headroom", password: "relay word" } });
  headroom = await startHeadroom();
  browser = await launchBrowser();
  anna = await signIn(browser, headroom);
});
afterAll(async () => {
  await browser.close();
  await headroom.stop();
  await sink.close();
});

const mailTo = async (address: string, count = 1): Promise<string> => {
  await expect
    .poll(() => sink.mails.filter(({ to }) => to.includes(address)).length)
    .toBeGreaterThanOrEqual(count);
  return sink.mails.filter(({ to }) => to.includes(address)).at(-1)?.body ?? "";
};
const linkIn = (body: string) => /https?:\/\/\S+#\S+/.exec(body)?.[0] ?? "";

test("the operator sets mail up and reads what the server says", async () => {
  await anna.goto(`${headroom.url}/settings/mail`);
  await anna.getByText("Mail is not set up.").waitFor();
  await anna.getByLabel("Host", { exact: true }).fill("127.0.0.1");
  await anna.getByRole("combobox", { name: "Security" }).click();
  await anna.getByRole("option", { name: /^None/ }).click();
  await anna.getByLabel("Port", { exact: true }).fill(String(sink.port));
  await anna.getByLabel("User name").fill("headroom");
  await anna.getByLabel("Password", { exact: true }).fill("wrong");
  await anna.getByLabel("Sender's address").fill("headroom@sender.test");
  await anna.getByLabel("Address for links").fill(headroom.url);
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.getByRole("button", { name: "Save", exact: true }).click();
  await anna.getByRole("button", { name: "Send test mail" }).click();
  await anna.getByText("does not accept the user name and password").waitFor();
  await anna.getByLabel("Password", { exact: true }).fill("relay word");
  await anna.getByRole("button", { name: "Save", exact: true }).click();
  await anna.getByRole("button", { name: "Send test mail" }).click();
  await anna.getByText(`The mail server took the mail to ${login.email}`).waitFor();
  await anna.getByText("The server said: 250").waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  expect(await mailTo(login.email)).toContain(headroom.url);
});

test("an invitation arrives by mail; a request reaches the bell, the page and the mailbox", async () => {
  await anna.goto(`${headroom.url}/settings/users`);
  await anna.getByRole("button", { name: "Invite user" }).click();
  await anna.getByLabel("E-mail address").fill("bo@example.test");
  await anna.getByRole("button", { name: "Make link" }).click();
  await anna.getByText("on its way to bo@example.test").waitFor();

  const bo = await newPage(browser, { viewport: phone, colorScheme: "dark" });
  await bo.goto(linkIn(await mailTo("bo@example.test")));
  await bo.getByLabel("Your name").fill("Bo Ek");
  await bo.getByLabel("New password").fill("horse battery clamp");
  await bo.getByRole("button", { name: "Join" }).click();
  await bo.waitForURL(`${headroom.url}/`);
  await bo.goto(`${headroom.url}/settings/users`);
  const asked = bo.waitForResponse(/\/api\/requests$/);
  await bo.getByRole("main").getByRole("button", { name: "Ask" }).click();
  await asked;

  expect(await mailTo(login.email, 2)).toContain("Bo Ek asks for a permission");
  await anna.goto(headroom.url);
  const bell = anna.getByRole("banner").getByRole("button", { name: "Notices, 1 unread" });
  await bell.press("Enter");
  const list = anna.getByRole("dialog", { name: "Notices" });
  await list.getByRole("link", { name: "Bo Ek asks for something" }).waitFor();
  expect(await accessibilityProblems(anna)).toEqual([]);
  await anna.keyboard.press("Escape");
  expect(await bell.and(anna.locator(":focus")).count()).toBe(1);
  await bell.click();
  await list.getByRole("link", { name: "Bo Ek asks for something" }).click();
  await anna.getByText("Bo Ek asks for: Users and roles").waitFor();
  await anna.getByRole("banner").getByRole("button", { name: "Notices", exact: true }).waitFor();
  await anna.getByRole("button", { name: "Decline" }).click();

  await bo.goto(`${headroom.url}/notices`);
  await bo.getByText("Your request is answered").waitFor();
  expect(await accessibilityProblems(bo)).toEqual([]);
  await bo.getByRole("button", { name: "Mark as read: Your request is answered" }).click();
  await bo.getByRole("banner").getByRole("button", { name: "Notices", exact: true }).waitFor();
});

test("each person chooses what comes by mail", async () => {
  await anna.goto(`${headroom.url}/settings/profile`);
  const choice = anna.getByRole("switch", { name: "Users and permissions" });
  await choice.waitFor();
  const kept = anna.waitForResponse(/\/api\/notice-choices\/accounts$/);
  await choice.press("Space");
  await kept;
  await anna.reload();
  await choice.waitFor();
  await expect.poll(() => choice.isChecked()).toBe(false);
});

test("a forgotten password leads to a mail with a link", async () => {
  const page = await newPage(browser);
  await page.goto(`${headroom.url}/sign-in`);
  await page.getByLabel("E-mail address").fill("bo@example.test");
  await page.getByText("Forgotten your password?").click();
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByText("a link is on its way").waitFor();
  await expect.poll(async () => await mailTo("bo@example.test", 2)).toContain("/reset-password#");
  await page.goto(linkIn(await mailTo("bo@example.test")));
  await page.getByLabel("New password").fill("three other words here");
  await page.getByRole("button", { name: "Save password" }).click();
  await page.getByText("Your new password is saved.").waitFor();
});

test("the screens speak Swedish and Polish", async () => {
  for (const [name, language] of [
    ["Svenska", "sv"],
    ["Polski", "pl"],
  ] as const) {
    await anna.goto(`${headroom.url}/notices`);
    await switchLanguage(anna, name);
    for (const address of ["/notices", "/settings/mail", "/settings/profile"]) {
      await anna.goto(headroom.url + address);
      await anna.getByRole("heading", { level: 1 }).waitFor();
      await anna.waitForLoadState("networkidle");
      expect(await wrongTexts(anna, language)).toEqual([]);
      expect(await accessibilityProblems(anna)).toEqual([]);
    }
  }
});
