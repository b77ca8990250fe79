import type { Command } from "commander";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { WrongUseError } from "#server/platform/errors.ts";
import { printTable } from "#server/platform/print-table.ts";
import { readableNumber, sortableMoment } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { readCount } from "#server/platform/typed-count.ts";
import { printGroups } from "./print-outcome.ts";
import { listOperations, showOperation } from "./show-operation.ts";
import { undoOperation } from "./undo-operation.ts";
import { workOperation } from "./work-operation.ts";

type Shown = Awaited<ReturnType<typeof showOperation>>;

/** `headroom operation list | show | undo`. */
export function commands(program: Command, commandLine: CommandLine): void {
  const say = (key: string) => text(commandLine.language, `operations:command_${key}`);
  const operation = program.command("operation").description(say("operation"));
  operation
    .command("list")
    .description(say("list"))
    .option("--limit <number>", say("limit"), "25")
    .action((options: { limit: string }) =>
      commandLine.inAccount((context, output) => list(context, output, options)),
    );
  operation
    .command("show <id>")
    .description(say("show"))
    .action((id: string) => commandLine.inAccount((context, output) => show(context, output, id)));
  operation
    .command("undo <id>")
    .description(say("undo"))
    .option("--expect <number>", say("expect"))
    .action((id: string, options: { expect?: string }) =>
      commandLine.inAccount((context, output) => undo(context, output, { id, ...options })),
    );
}

async function list(context: Context, output: Output, { limit }: { limit: string }): Promise<number> {
  const { operations } = await listOperations(context, {
    limit: Math.min(100, Math.max(1, readCount(limit))),
  });
  sayOperations(context, output, operations);
  output.json({ operations });
  return 0;
}

async function show(context: Context, output: Output, id: string): Promise<number> {
  const operationId = requireId(id);
  return print(context, await showOperation(context, { operationId }), output);
}

async function undo(
  context: Context,
  output: Output,
  options: { id: string; expect?: string },
): Promise<number> {
  const expect = options.expect === undefined ? undefined : readCount(options.expect);
  const { operationId } = await undoOperation(context, { operationId: requireId(options.id), expect });
  await workOperation(context, operationId, (done, total) => output.progress(done, total));
  return print(context, await showOperation(context, { operationId }), output);
}

function print(context: Context, operation: Shown, output: Output): number {
  sayOperations(context, output, [operation]);
  printGroups(output, operation.outcomes, "  ");
  output.json({ ...operation });
  return operation.state === "failed" ? 1 : 0;
}

function sayOperations(context: Context, output: Output, operations: readonly Shown[]): void {
  const { language } = output;
  const say = (key: string) => text(language, `operations:${key}`);
  printTable(
    output,
    [
      { head: say("head_id"), isNumber: true },
      { head: say("head_started") },
      { head: say("head_what") },
      { head: say("head_state") },
      { head: say("head_done"), isNumber: true },
    ],
    operations.map(({ id, kind, state, done, total, createdAt }) => [
      id,
      sortableMoment(createdAt, context.actor.timeZone),
      say(`kind_${kind}`),
      say(`state_${state}`),
      `${readableNumber(language, done)} / ${readableNumber(language, total)}`,
    ]),
  );
}

function requireId(id: string): string {
  if (!/^[1-9]\d{0,18}$/.test(id)) throw new WrongUseError("operations:not_found", { operationId: id });
  return id;
}
