import type { Command } from "commander";
import type { Language } from "#contract/languages.ts";
import type { Context } from "./context.ts";

/** How a command talks to the person or program that started it. */
export interface Output {
  readonly language: Language;
  /** One line for a person, on standard error when `--json` is asked, so that standard output stays one object. */
  line(text: string): void;
  /** The last thing printed with `--json`; ignored without it. */
  json(value: Record<string, unknown>): void;
  /** A bar on a terminal, nothing elsewhere. */
  progress(done: number, total: number): void;
}

/** What a command may do besides parsing its options. Exit codes: 0 done, 1 refused, 2 wrong use. */
export interface CommandLine {
  /** For the help texts; the work is given the same in its output. */
  readonly language: Language;
  /** Runs work in the installation, without an account (set-up, users, migrate). Returns the exit code. */
  inInstallation(work: (context: Context, output: Output) => Promise<number>): Promise<void>;
  /** Runs work in the account named by `--account`, or the only one. */
  inAccount(work: (context: Context, output: Output) => Promise<number>): Promise<void>;
}

/**
 * A feature's commands: adds its lines to the program, such as
 * `program.command("usage").description(text(commandLine.language, "…")).action((options) => commandLine.inAccount(…))`.
 * `--json`, `--account` and `--help` are everywhere already.
 */
export type Commands = (program: Command, commandLine: CommandLine) => void;
