import { afterEach, beforeEach, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { createInstallation } from "./create-installation.ts";
import { checkSetupLink, createSetupLink, setupNeeded } from "./setup-link.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

const input = {
  name: "Ada",
  email: "ada@example.test",
  password: "correct horse",
  accountName: "Northwind",
  language: "en",
  timeZone: "Europe/Stockholm",
} as const;

const browser = () => buildContext(fresh.db, { accountId: "", actor: { type: "anonymous", id: null } });
const commandLine = () => buildContext(fresh.db, { accountId: "", actor: { type: "command", id: null } });
const newLink = async () => (await createSetupLink(commandLine())).path.split("#")[1] ?? "";

test("set-up needs the newest link, and happens once", async () => {
  expect(await setupNeeded(browser())).toBe(true);
  const old = await newLink();
  const token = await newLink();
  expect(await checkSetupLink(browser(), { token: old })).toEqual({ valid: false });
  await expect(createInstallation(browser(), { ...input, token: old })).rejects.toMatchObject({
    reason: "accounts:setup_link_invalid",
  });

  const all = await Promise.allSettled(
    ["Northwind", "Southwind"].map((accountName) =>
      createInstallation(browser(), { ...input, accountName, token }),
    ),
  );
  expect(all.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await setupNeeded(browser())).toBe(false);
  await expect(createSetupLink(commandLine())).rejects.toMatchObject({ reason: "accounts:already_set_up" });
});

test("a link works for a day", async () => {
  const token = await newLink();
  const later = { ...browser(), clock: fixedClock(new Date(Date.now() + 24.1 * 3_600_000)) };

  expect(await checkSetupLink(later, { token })).toEqual({ valid: false });
});

test("the first person is the operator, and the command line makes further accounts", async () => {
  const first = await createInstallation(commandLine(), input);
  const again = await createInstallation(commandLine(), {
    ...input,
    accountName: "Southwind",
    password: "ignored",
  });
  const other = await createInstallation(commandLine(), {
    ...input,
    email: "bo@example.test",
    accountName: "Eastwind",
  });

  expect(again.userId).toBe(first.userId);
  const users = await fresh.db.selectFrom("app_user").select(["email", "operator"]).orderBy("id").execute();
  expect(users).toEqual([
    { email: "ada@example.test", operator: true },
    { email: "bo@example.test", operator: false },
  ]);
  await expect(
    createInstallation(commandLine(), { ...input, accountName: "southwind" }),
  ).rejects.toMatchObject({ reason: "accounts:account_name_taken" });
  expect(other.accountId).not.toBe(first.accountId);
});
