import type { Command } from "commander";
import * as contract from "#contract/review.ts";
import { readSelection, type ScopeOptions } from "#server/filters/read-selection.ts";
import { previewApproval } from "#server/marketing-status/review/preview-approval.ts";
import { startApproval, startDecline } from "#server/marketing-status/review/start-review.ts";
import { printGroups, workAndPrint } from "#server/operations/print-outcome.ts";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { printTable } from "#server/platform/print-table.ts";
import { readableMoney, readableNumber, sortableMoment } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { confirmCount, readCount } from "#server/platform/typed-count.ts";
import { listHeld } from "./list-held.ts";

interface DecideOptions extends ScopeOptions {
  readonly dryRun?: boolean;
  readonly expect?: string;
  /** The step of the tier that is bought. */
  readonly tier?: string;
}

type Preview = Awaited<ReturnType<typeof previewApproval>>;

/** `headroom held list | approve | decline`: raises that wait for approval. */
export function commands(program: Command, commandLine: CommandLine): void {
  const say = (key: string) => text(commandLine.language, `review:command_${key}`);
  const held = program.command("held").description(say("held"));
  held
    .command("list")
    .description(say("list"))
    .option("--limit <number>", say("limit"), "50")
    .action((options: { limit: string }) =>
      commandLine.inAccount((context, output) => list(context, output, options)),
    );
  const deciding = (name: string) =>
    held
      .command(name)
      .description(say(name))
      .option("--ids <ids>", say("ids"))
      .option("--filter <json>", say("filter"))
      .option("--list <list>", say("in_list"))
      .option("--all", say("all"))
      .option("--dry-run", say("dry_run"))
      .option("--expect <number>", say(`expect_${name}`));
  deciding("approve")
    .option("--tier <contacts>", say("tier"))
    .action((options: DecideOptions) =>
      commandLine.inAccount((context, output) => approve(context, output, options)),
    );
  deciding("decline")
    .alias("reject")
    .action((options: DecideOptions) =>
      commandLine.inAccount((context, output) => decline(context, output, options)),
    );
}

async function list(context: Context, output: Output, options: { limit: string }): Promise<number> {
  const { language } = output;
  const { timeZone } = context.actor;
  const limit = Math.min(200, Math.max(1, readCount(options.limit)));
  const { held, contacts, sources } = await listHeld(context, parseInput(contract.listHeld.input, { limit }));
  const say = (key: string) => text(language, `review:${key}`);
  const from = (type: string) => text(language, `properties:option.hs_marketable_reason_type.${type}`);
  printTable(
    output,
    [
      { head: say("head_id"), isNumber: true },
      ...["since", "name", "email", "source", "why"].map((name) => ({ head: say(`head_${name}`) })),
    ],
    contacts.map(({ id, name, email, since, why, source }) => [
      id,
      sortableMoment(since, timeZone),
      name,
      email ?? "",
      source.name ?? from(source.type),
      say(`why_${why}`),
    ]),
  );
  output.line(text(language, "review:said_held", { count: held, number: readableNumber(language, held) }));
  output.json({ held, contacts, sources });
  return 0;
}

const ways = ["ids", "filter", "list", "all"] as const;

/** Approval may buy a step of the tier, so the step is confirmed like the number. */
async function approve(context: Context, output: Output, options: DecideOptions): Promise<number> {
  const selection = await readSelection(context, options, ways);
  const preview = await previewApproval(context, { selection });
  printGroups(output, preview.groups);
  sayStep(output, preview);
  if (options.dryRun) {
    output.json({ dryRun: true, ...preview });
    return 0;
  }
  const { approved, tier } = preview;
  const confirmed = options.tier === undefined ? null : readCount(options.tier);
  const expect = await confirmCount({
    expect: options.expect,
    question: text(output.language, "review:type_number", { contacts: approved }),
    refuse: () => {
      throw new AppError("invalid_input", "review:needs_expect", { contacts: approved });
    },
  });
  if (options.expect !== undefined && tier !== null && confirmed === null)
    throw new AppError("invalid_input", "review:needs_tier", { tier });
  const { operationId } = await startApproval(context, { selection, expect, tier: confirmed ?? tier });
  return workAndPrint(context, output, { operationId });
}

function sayStep(output: Output, { tier, price }: Preview): void {
  const { language } = output;
  if (tier === null) return;
  output.line(text(language, "review:said_step", { tier: readableNumber(language, tier) }));
  if (price === null) return;
  const money = (amount: number) => readableMoney(language, amount, price.currency);
  const values = { before: money(price.before), after: money(price.after) };
  output.line(text(language, price.example ? "review:said_price_example" : "review:said_price", values));
}

/** They stay non-marketing; it costs nothing and can be undone, so the number need not be confirmed. */
async function decline(context: Context, output: Output, options: DecideOptions): Promise<number> {
  const selection = await readSelection(context, options, ways);
  if (options.dryRun) {
    const { total } = await previewApproval(context, { selection });
    const number = readableNumber(output.language, total);
    output.line(text(output.language, "review:said_would_decline", { count: total, number }));
    output.json({ dryRun: true, total });
    return 0;
  }
  const expect = options.expect === undefined ? undefined : readCount(options.expect);
  const { operationId } = await startDecline(context, { selection, expect });
  return workAndPrint(context, output, { operationId });
}
