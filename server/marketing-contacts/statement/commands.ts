import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import * as contract from "#contract/usage.ts";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { parseInput } from "#server/platform/parse-input.ts";
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
  const shown = await showStatement(context, parseInput(contract.showStatement.input, asked));
  if (csv !== undefined) await writeFile(csv, writeStatementCsv(shown, output.language));
  if (pdf !== undefined)
    await pipeline(await writeStatementPdf(shown, output.language), createWriteStream(pdf));
  print(output, shown);
  const { months: _months, periods: _periods, ...json } = shown;
  output.json(json);
  return 0;
}

function print(output: Output, { account, firstDay, lastDay, rows, total }: Statement): void {
  const { say, number, signed, day, label } = statementWords(output.language);
  output.line(
    `${say("statement_title", { account })}: ${say("statement_span", { first: day(firstDay), last: day(lastDay) })}`,
  );
  const line = (name: string, row: Statement["total"]) =>
    output.line(
      say("statement_line", {
        name,
        opening: number(row.opening),
        raised: signed(row.raised),
        lowered: signed(-row.lowered),
        closing: number(row.closing),
      }),
    );
  for (const row of rows) line(label(row), row);
  line(say("statement_total"), total);
}
