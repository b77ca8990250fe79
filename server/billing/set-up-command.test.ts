import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CommandLine, Output } from "#server/platform/command.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { addSetUp } from "./set-up-command.ts";

let database: FreshDatabase;
const folder = mkdtempSync(join(tmpdir(), "headroom-setup-"));
const passwordFile = join(folder, "password");
let lines: string[];
let printed: Record<string, unknown>[];

beforeAll(async () => {
  database = await freshDatabase();
  writeFileSync(passwordFile, "violet harbour 9041\n");
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  lines = [];
  printed = [];
});

/** Runs the words as the program would, without its process. */
async function run(...words: string[]): Promise<number> {
  const output: Output = {
    language: "en",
    line: (line) => lines.push(line),
    json: (value) => printed.push(value),
    progress: () => {},
  };
  const context = buildContext(database.db, { accountId: "", actor: { type: "command", id: null } });
  let code = -1;
  const work: CommandLine["inInstallation"] = async (work) => {
    code = await work(context, output);
  };
  const program = new Command("headroom").exitOverride().configureOutput({ writeErr: () => {} });
  program.option("--account <id-or-name>").option("--json");
  addSetUp(program, { language: "en", inInstallation: work, inAccount: work });
  await program.parseAsync(words, { from: "user" });
  return code;
}

const needed = [
  "setup",
  "--email",
  "ada@example.test",
  "--password-file",
  passwordFile,
  "--time-zone",
  "UTC",
];

test("makes the login and the account, and says when it updates next", async () => {
  const code = await run(
    ...needed,
    "--account",
    "Acme",
    "--plan",
    "starter",
    "--tier",
    "3000",
    "--renewal-day",
    "31",
  );
  expect(code).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/^The account Acme is set up\. The next update is on .* \(UTC\)\.$/),
  ]);
  expect(printed).toEqual([
    {
      account: "Acme",
      accountId: expect.any(String),
      userId: expect.any(String),
      nextUpdate: expect.any(String),
    },
  ]);
  const { rows } = await sql`select plan, counting, term, tier from billing_account
    where account_id = ${printed[0]?.["accountId"]}`.execute(database.db);
  expect(rows).toEqual([{ plan: "starter", counting: "vendor", term: "monthly", tier: 3000 }]);
});

test.for([
  [["--plan", "starter", "--tier", "-5"], "billing:tier_impossible"],
  [["--plan", "starter", "--tier", "many"], "billing:tier_impossible"],
  [["--plan", "starter", "--renewal-day", "0"], "billing:renewal_impossible"],
  [["--plan", "starter", "--time-zone", "Nowhere"], "billing:time_zone_unknown"],
  [["--plan", "starter", "--password-file", "/nowhere/at/all"], "accounts:password_file_unreadable"],
  [[], "billing:plan_missing"],
] as const)("%o is refused", async ([words, reason]) => {
  await expect(run(...needed, "--account", "Refused", ...words)).rejects.toThrow(reason);
});

test.for([
  [["--plan", "gold"], "commander.invalidArgument"],
  [["--counting", "sheep"], "commander.invalidArgument"],
  [["--term", "weekly"], "commander.invalidArgument"],
] as const)("%o is wrong use", async ([words, code]) => {
  await expect(run(...needed, "--account", "Wrong", ...words)).rejects.toMatchObject({ code });
});

test("an account needs a name", async () => {
  await expect(run(...needed)).rejects.toMatchObject({ code: "commander.missingMandatoryOptionValue" });
});
