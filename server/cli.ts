import type { Language } from "#contract/languages.ts";
import { enterAccount } from "./accounts/command-line/enter-account.ts";
import { commands as accounts } from "./accounts/commands.ts";
import { commands as billing } from "./billing/commands.ts";
import { commands as demo } from "./demo/commands.ts";
import { describeThisApi } from "./http.ts";
import { commands as imports } from "./imports/commands.ts";
import { commands as lists } from "./lists/commands.ts";
import { commands as cleanup } from "./marketing-contacts/plans/commands.ts";
import { commands as held } from "./marketing-contacts/review/commands.ts";
import { commands as statement } from "./marketing-contacts/statement/commands.ts";
import { commands as calendar } from "./marketing-status/calendar/commands.ts";
import { commands as marketingStatus } from "./marketing-status/commands.ts";
import { registerKinds } from "./operation-kinds.ts";
import { commands as operations } from "./operations/commands.ts";
import type { Commands, Output } from "./platform/command.ts";
import { readConfig } from "./platform/config.ts";
import { type Installation, openInstallation } from "./platform/installation.ts";
import { terminalLanguage } from "./platform/output.ts";
import { runProgram, type ServiceCommand } from "./platform/program.ts";
import { programVersion } from "./platform/root.ts";
import { text } from "./platform/texts.ts";
import { contextOf, start } from "./start.ts";

/** What can be done from a terminal, feature by feature in the order of rooms.json. */
const commands: Commands[] = [
  accounts,
  operations,
  billing,
  calendar,
  marketingStatus,
  lists,
  held,
  cleanup,
  statement,
  imports,
  demo,
];

/** Runs the command that the words name. Returns the exit code; never throws. */
export function runCli(words: readonly string[]): Promise<number> {
  registerKinds();
  const language = terminalLanguage(process.env);
  return runProgram(words, {
    version: programVersion(),
    language,
    services: services(language),
    commands,
    enterAccount,
    withInstallation: (work) => withInstallation((installation) => work(contextOf(installation, language))),
  });
}

function services(language: Language): ServiceCommand[] {
  const describe = (name: string) => text(language, `command-line:${name}`);
  return [
    {
      name: "start",
      description: describe("start"),
      run: () => start({ serve: true, work: true, language }),
    },
    {
      name: "serve",
      description: describe("serve"),
      run: () => start({ serve: true, work: false, language }),
    },
    { name: "work", description: describe("work"), run: () => start({ serve: false, work: true, language }) },
    {
      name: "migrate",
      description: describe("migrate"),
      run: (output) => withInstallation(sayMigrated(output)),
    },
    { name: "openapi", description: describe("openapi"), run: printApi },
  ];
}

/** Needs no database: the description comes from the program itself. */
async function printApi(): Promise<number> {
  process.stdout.write(`${JSON.stringify(describeThisApi(), null, 2)}\n`);
  return 0;
}

/** Opening an installation migrates it. */
function sayMigrated(output: Output): (installation: Installation) => Promise<number> {
  return async ({ migrated }) => {
    output.line(text(output.language, "command-line:migrated", { count: migrated.length }));
    output.json({ migrated });
    return 0;
  };
}

async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation(readConfig(process.env), { statementTimeoutMs: 0 });
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}
