import { Command, CommanderError, Option } from "commander";
import type { Language } from "#contract/languages.ts";
import type { CommandLine, Commands, Output } from "./command.ts";
import { SettingError } from "./config.ts";
import type { Context } from "./context.ts";
import { databaseRefusal } from "./database-refusal.ts";
import type { InputIssue } from "./describe-issue.ts";
import { AppError, WrongUseError } from "./errors.ts";
import { describeError, log } from "./log.ts";
import { createOutput } from "./output.ts";
import { text } from "./texts.ts";

/** A command about the program itself: it opens what it needs. */
export interface ServiceCommand {
  readonly name: string;
  readonly description: string;
  readonly run: (output: Output) => Promise<number>;
}

export interface ProgramOptions {
  readonly version: string;
  readonly language: Language;
  readonly services: readonly ServiceCommand[];
  readonly commands: readonly Commands[];
  /** Gives the work a context in the installation, and afterwards leaves everything as it was. */
  readonly withInstallation: (work: (context: Context) => Promise<number>) => Promise<number>;
  /** The context of the account that `--account` names, or of the only one. */
  readonly enterAccount: (context: Context, account: string | undefined) => Promise<Context>;
}

const REFUSED = 1;
const WRONG_USE = 2;

/** Runs one command of the program. Returns its exit code: 0 done, 1 refused, 2 wrong use; never throws. */
export async function runProgram(argv: readonly string[], options: ProgramOptions): Promise<number> {
  const program = createProgram(options);
  let exitCode = 0;
  const run = async (work: (output: Output) => Promise<number>) => {
    const output = createOutput(options.language, program.opts<{ json?: boolean }>().json === true);
    exitCode = await work(output).catch((error: unknown) => refuse(error, output));
    output.end();
  };
  const inInstallation: CommandLine["inInstallation"] = (work) =>
    run((output) => options.withInstallation((context) => work(context, output)));
  const commandLine: CommandLine = {
    language: options.language,
    inInstallation,
    inAccount: (work) =>
      inInstallation(async (context, output) => {
        const { account } = program.opts<{ account?: string }>();
        return work(await options.enterAccount(context, account), output);
      }),
  };
  for (const { name, description, run: work } of options.services) {
    program
      .command(name)
      .description(description)
      .action(() => run(work));
  }
  for (const add of options.commands) add(program, commandLine);
  for (const command of program.commands) command.helpCommand(false);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return sayWrongUse(error, options.language);
    return refuse(error, createOutput(options.language, false));
  }
}

function createProgram({ version, language }: ProgramOptions): Command {
  const say = (key: string) => text(language, `command-line:${key}`);
  const titles: Record<string, string> = {
    "Usage:": say("usage"),
    "Options:": say("options"),
    "Arguments:": say("arguments"),
    "Commands:": say("commands"),
    "Global Options:": say("global_options"),
  };
  return new Command("headroom")
    .description(say("program"))
    .version(version, "-V, --version", say("version_option"))
    .helpOption("-h, --help", say("help_option"))
    .helpCommand(false)
    .addOption(new Option("--json", say("json_option")))
    .addOption(new Option("--account <id-or-name>", say("account_option")))
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => titles[title] ?? title,
      styleUsage: (usage) => translateUsage(usage, language),
      styleSubcommandTerm: (term) => translateUsage(term, language),
      optionDescription: (option) => describeOption(option, language),
    })
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError(false)
    .exitOverride();
}

/** Commander writes these two words itself. */
function translateUsage(usage: string, language: Language): string {
  return usage
    .replace("[options]", `[${text(language, "command-line:options_word")}]`)
    .replace("[command]", `[${text(language, "command-line:command_word")}]`);
}

function describeOption({ description, argChoices, defaultValue }: Option, language: Language): string {
  const notes = [
    ...(argChoices ? [argChoices.join(", ")] : []),
    ...(typeof defaultValue === "string"
      ? [text(language, "command-line:by_default", { value: defaultValue })]
      : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join("; ")})`;
}

/** Says what was wrong with the words on the command line. Help and version end up here too, having been printed. */
function sayWrongUse(error: CommanderError, language: Language): number {
  if (error.exitCode === 0) return 0;
  if (error.code === "commander.help") return WRONG_USE;
  const key = `command-line:${error.code.replace(/^commander\./, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
  const [, subject = ""] = /'([^']*)'/.exec(error.message) ?? [];
  const [, choices] = /Allowed choices are ([^']*)\.$/.exec(error.message) ?? [];
  const said = text(language, choices === undefined ? key : `${key}_of`, { subject, choices });
  const sentence = said === key ? error.message : said;
  process.stderr.write(`${sentence}\n${text(language, "command-line:see_help")}\n`);
  return WRONG_USE;
}

/** Says why not, in the reader's language; only bugs are logged. */
function refuse(error: unknown, output: Output): number {
  const { language } = output;
  const refusal = error instanceof AppError ? error : databaseRefusal(error);
  if (refusal === undefined) {
    log.error({ err: error }, "command failed");
    process.stderr.write(
      `${text(language, "command-line:internal", { what: String(describeError(error)["message"]) })}\n`,
    );
  } else {
    for (const line of sentences(refusal, language)) process.stderr.write(`${line}\n`);
    output.json({ error: { code: refusal.code, reason: refusal.reason, details: refusal.details } });
  }
  return error instanceof SettingError || error instanceof WrongUseError ? WRONG_USE : REFUSED;
}

function sentences({ reason, details }: AppError, language: Language): string[] {
  const issues = details["issues"] as readonly InputIssue[] | undefined;
  if (issues === undefined) return [text(language, reason, details)];
  return issues.map((issue) => text(language, issue.reason, issue.values));
}
