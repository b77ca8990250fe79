import { type Command, CommanderError, Option } from "commander";
import { countings, plans, policies, setUp, terms } from "#contract/billing.ts";
import { type Language, languages } from "#contract/languages.ts";
import { readPasswordFile } from "#server/accounts/command-line/read-password-file.ts";
import type { Commands, Output } from "#server/platform/command.ts";
import { AppError } from "#server/platform/errors.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { readableMoment } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { setUpAccount } from "./set-up-account.ts";

interface SetUpOptions {
  readonly passwordFile: string;
  readonly renewalDay?: string;
  readonly tier?: string;
  readonly maximum?: string;
  readonly [option: string]: string | undefined;
}

/** `headroom setup`: the first account, or a further one. */
export const addSetUp: Commands = (program, commandLine) => {
  setUpCommand(program, commandLine.language).action((options: SetUpOptions, command: Command) => {
    const account = accountName(command);
    return commandLine.inInstallation(async (context, output) => {
      const language = options["language"] ?? output.language;
      const input = parseInput(setUp.input, { ...options, ...readOptions(options), account, language });
      const done = await setUpAccount(context, input);
      announce(output, { ...done, account: input.account, timeZone: input.timeZone });
      return 0;
    });
  });
};

function setUpCommand(program: Command, language: Language): Command {
  const help = (key: string) => text(language, `billing:help_${key}`);
  const choice = (flags: string, key: string, choices: readonly string[]) =>
    new Option(flags, help(key)).choices(choices);
  return program
    .command("setup")
    .description(help("setup"))
    .requiredOption("--email <address>", help("email"))
    .requiredOption("--password-file <file>", help("password_file"))
    .requiredOption("--time-zone <zone>", help("time_zone"))
    .addOption(choice("--plan <plan>", "plan", plans))
    .addOption(choice("--counting <what>", "counting", countings))
    .addOption(choice("--term <term>", "term", terms))
    .option("--renewal-day <day>", help("renewal_day"))
    .option("--tier <contacts>", help("tier"))
    .option("--currency <code>", help("currency"))
    .addOption(choice("--policy <policy>", "policy", policies))
    .option("--maximum <contacts>", help("maximum"))
    .addOption(choice("--language <language>", "language", languages))
    .option("--name <name>", help("name"));
}

/** Every command may name an account; this one names the account that is to be. */
function accountName(command: Command): string {
  const { account } = command.optsWithGlobals<{ account?: string }>();
  if (account !== undefined) return account;
  const message = "required option '--account <name>' not specified";
  throw new CommanderError(2, "commander.missingMandatoryOptionValue", message);
}

function readOptions({ passwordFile, renewalDay, tier, maximum }: SetUpOptions): Record<string, unknown> {
  return {
    password: readPasswordFile(passwordFile),
    ...(renewalDay === undefined ? {} : { renewal: renewalDay }),
    ...(tier === undefined ? {} : { tier: wholeNumber(tier, "tier") }),
    ...(maximum === undefined ? {} : { maximum: wholeNumber(maximum, "maximum") }),
  };
}

function wholeNumber(typed: string, what: "tier" | "maximum"): number {
  if (!/^-?\d{1,15}$/.test(typed)) {
    throw new AppError("invalid_input", `billing:${what}_impossible`, { [what]: typed });
  }
  return Number(typed);
}

interface Done {
  readonly accountId: string;
  readonly userId: string;
  readonly nextUpdate: string;
  readonly account: string;
  readonly timeZone: string;
}

function announce(output: Output, { account, timeZone, ...done }: Done): void {
  const values = { account, date: readableMoment(output.language, done.nextUpdate, timeZone) };
  output.line(text(output.language, "billing:set_up_done", values));
  output.json({ account, ...done });
}
