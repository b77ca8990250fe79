import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import * as contract from "#contract/usage.ts";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError, WrongUseError } from "#server/platform/errors.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { printTable } from "#server/platform/print-table.ts";
import { text } from "#server/platform/texts.ts";
import { type Statement, showStatement } from "./show-statement.ts";
import { statementWords } from "./statement-words.ts";
import { writeStatementCsv } from "./write-statement-csv.ts";
import { writeStatementPdf } from "./write-statement-pdf.ts";

interface Options {
  readonly month?: string;
  readonly period?: string;
  readonly by?: string;
  readonly csv?: string;
  readonly pdf?: string;
}

/** `headroom statement`. */
export function commands(program: Command, commandLine: CommandLine): void {
  const say = (key: string) => text(commandLine.language, `usage:command_${key}`);
  program
    .command("statement")
    .description(say("statement"))
    .option("--month <YYYY-MM>", say("month"))
    .option("--period <YYYY-MM-DD>", say("period"))
    .option("--by <property>", say("by"))
    .option("--csv <file>", say("csv"))
    .option("--pdf <file>", say("pdf"))
    .action((options: Options) =>
      commandLine.inAccount((context, output) => statement(context, output, options)),
    );
}

async function statement(context: Context, output: Output, { csv, pdf, ...asked }: Options): Promise<number> {
  if (asked.month !== undefined && asked.period !== undefined)
    throw new WrongUseError("usage:month_or_period");
  const shown = await showStatement(context, parseInput(contract.showStatement.input, asked));
  if (csv !== undefined) await write(csv, () => writeFile(csv, writeStatementCsv(shown, output.language)));
  if (pdf !== undefined) {
    const pages = await writeStatementPdf(shown, output.language);
    await write(pdf, () => pipeline(pages, createWriteStream(pdf)));
  }
  print(output, shown);
  const { months: _months, periods: _periods, ...json } = shown;
  output.json(json);
  return 0;
}

/** A file that cannot be written is the asker's to put right. */
async function write(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!/^E[A-Z]+$/.test(code)) throw error;
    throw new AppError("invalid_input", "usage:file_unwritable", { file, code });
  }
}

function print(output: Output, { account, firstDay, lastDay, by, rows, total, price }: Statement): void {
  const { say, number, signed, money, day, label } = statementWords(output.language);
  output.line(
    `${say("statement_title", { account })}: ${say("statement_span", { first: day(firstDay), last: day(lastDay) })}`,
  );
  const cells = (name: string, row: Statement["total"]) => [
    name,
    number(row.opening),
    signed(row.raised),
    signed(-row.lowered),
    number(row.closing),
    ...(price === null || row.price === null ? [] : [money(row.price, price.currency)]),
  ];
  const names = ["opening", "raised", "lowered", "closing", ...(price === null ? [] : ["price"])];
  printTable(
    output,
    [
      { head: by?.label ?? say("statement_by_nothing") },
      ...names.map((name) => ({ head: say(`statement_${name}`), isNumber: true })),
    ],
    [...rows.map((row) => cells(label(row), row)), cells(say("statement_total"), total)],
  );
  if (price?.example) output.line(say("statement_example"));
}
