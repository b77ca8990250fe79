import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { basename } from "node:path";
import { type Command, Option } from "commander";
import type { ImportView, Plan, Tally } from "#contract/imports.ts";
import { findListId } from "#server/lists/definition/lists-source.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { text } from "#server/platform/texts.ts";
import { confirmCount } from "#server/platform/typed-count.ts";
import { planImport } from "./check-import.ts";
import { deleteImport } from "./delete-import.ts";
import { planFor } from "./mapping/plan-for-command.ts";
import { showImport } from "./show-import.ts";
import { readImport } from "./staging/read-import.ts";
import { beginImport } from "./start-import.ts";
import { uploadImport } from "./upload/upload-import.ts";

interface Options {
  readonly setMarketing: Plan["status"];
  readonly mode: Plan["mode"];
  readonly match: string;
  readonly createProperties?: true;
  readonly withoutAddress?: true;
  readonly lastWins?: true;
  readonly includeProtected?: true;
  readonly dryRun?: true;
  readonly expect?: string;
  readonly strict?: true;
  /** A static list, by number or name. */
  readonly list?: string;
}

/** `headroom import FILE`. */
export function commands(program: Command, commandLine: CommandLine): void {
  const say = (key: string) => text(commandLine.language, `imports:command_${key}`);
  program
    .command("import")
    .description(say("import"))
    .argument("<file>", say("file"))
    .addOption(
      new Option("--set-marketing <who>", say("set_marketing"))
        .choices(["nobody", "new", "all", "column"])
        .default("nobody"),
    )
    .addOption(new Option("--mode <mode>", say("mode")).choices(["create", "update", "both"]).default("both"))
    .option("--match <property>", say("match"), "email")
    .option("--create-properties", say("create_properties"))
    .option("--without-address", say("without_address"))
    .option("--last-wins", say("last_wins"))
    .option("--include-protected", say("include_protected"))
    .option("--list <list>", say("list"))
    .option("--dry-run", say("dry_run"))
    .option("--expect <number>", say("expect"))
    .option("--strict", say("strict"))
    .action((file: string, options: Options) =>
      commandLine.inAccount((context, output) => importFile(context, output, { file, ...options })),
    );
}

async function importFile(
  context: Context,
  output: Output,
  options: Options & { file: string },
): Promise<number> {
  await access(options.file, constants.R_OK).catch(() => {
    throw new AppError("not_found", "imports:no_such_file", { file: options.file });
  });
  const bytes = createReadStream(options.file, { highWaterMark: 1024 * 1024 });
  const uploaded = await uploadImport(context, { fileName: basename(options.file), bytes });
  try {
    return await checkAndWrite(context, output, { ...options, uploaded });
  } finally {
    // A dry run, and what was refused, leaves nothing behind.
    const { state } = await showImport(context, { importId: uploaded.id });
    if (["uploaded", "ready", "failed"].includes(state)) await discardUnstarted(context, uploaded.id);
  }
}

type Uploaded = Options & { readonly uploaded: ImportView };

async function checkAndWrite(
  context: Context,
  output: Output,
  { uploaded, ...options }: Uploaded,
): Promise<number> {
  const importId = uploaded.id;
  const listId = options.list === undefined ? null : await findListId(context, options.list);
  const plan = planFor(uploaded, { ...options, status: options.setMarketing, listId });
  sayColumns(output, uploaded.shape?.columns ?? [], plan);
  await planImport(context, { importId, plan }, { enqueued: false });
  await readImport(context, { importId, onProgress: (done, total) => output.progress(done, total) });
  const checked = await showImport(context, { importId });
  if (!checked.forecast)
    throw new AppError("unsupported", "imports:unreadable", { problem: checked.failure });
  if (options.dryRun) {
    report(output, checked, { ...checked.forecast, dryRun: true });
    return exitCode(options, checked.forecast);
  }
  const expect = await confirmedNumber(output, options, checked.forecast.raised);
  const { operationId } = await beginImport(context, { importId, expect });
  await workOperation(context, operationId, (done, total) => output.progress(done, total));
  const done = await showImport(context, { importId });
  report(output, done, {
    ...(done.result as Tally),
    import: importId,
    operation: operationId,
    state: done.state,
  });
  return done.state === "done" ? exitCode(options, done.result as Tally) : 1;
}

async function discardUnstarted(context: Context, importId: string): Promise<void> {
  const { operationId } = await showImport(context, { importId });
  if (operationId === null) await deleteImport(context, { importId });
}

function exitCode({ strict }: Options, { rejected }: Tally): number {
  return strict && rejected > 0 ? 1 : 0;
}

function sayColumns(output: Output, columns: readonly string[], plan: Plan): void {
  const skipped = columns.filter((_, i) => plan.columns[i]?.to === "skip");
  if (skipped.length > 0)
    output.line(
      text(output.language, "imports:columns_skipped", {
        count: skipped.length,
        columns: skipped.join(", "),
      }),
    );
}

function report(output: Output, view: ImportView, result: Tally & Record<string, unknown>): void {
  const say = (key: string, values: Record<string, unknown>) =>
    output.line(text(output.language, `imports:${key}`, values));
  const number = new Intl.NumberFormat(output.language);
  for (const key of [
    "rows",
    "created",
    "updated",
    "unchanged",
    "rejected",
    "raised",
    "protected",
    "held",
    "refused",
  ] as const) {
    say(`said_${key}`, { count: result[key], number: number.format(result[key]) });
  }
  for (const { label, rows } of view.rejections) output.line(`  ${label}: ${number.format(rows)}`);
  const { createdWithoutAddress: _, countsAnew: __, ...shown } = result;
  output.json(shown);
}

/** The number of contacts to raise: from the options, or typed on a terminal. */
async function confirmedNumber(
  output: Output,
  { expect }: Options,
  raised: number,
): Promise<number | undefined> {
  if (expect === undefined && raised === 0) return undefined;
  return confirmCount({
    expect,
    question: text(output.language, "imports:type_number", { actual: raised }),
    refuse: () => {
      throw new AppError("invalid_input", "imports:needs_expect", { actual: raised });
    },
  });
}
