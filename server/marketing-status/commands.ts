import type { Command } from "commander";
import { nextUpdate } from "#server/billing/load-billing.ts";
import { readSelection, type ScopeOptions } from "#server/filters/read-selection.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { printGroups } from "#server/operations/print-outcome.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { readableMoment, readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { confirmCount } from "#server/platform/typed-count.ts";
import { previewStatus } from "./bulk/preview-status.ts";
import { startStatusFor } from "./bulk/start-status.ts";
import { changingOutcomes } from "./marketing-status.ts";
import { addUsage } from "./usage/usage-command.ts";
import { verifyAccount } from "./verify/verify-account.ts";

type Target = "marketing" | "non_marketing";

interface StatusOptions extends ScopeOptions {
  readonly includeProtected?: boolean;
  readonly dryRun?: boolean;
  readonly expect?: string;
}

/** `headroom set-marketing | set-non-marketing | usage | verify`. */
export function commands(program: Command, commandLine: CommandLine): void {
  const say = (key: string) => text(commandLine.language, `marketing-status:command_${key}`);
  for (const to of ["marketing", "non_marketing"] as const) {
    const command = program
      .command(to === "marketing" ? "set-marketing" : "set-non-marketing")
      .description(say(`set_${to}`))
      .option("--filter <json>", say("filter"))
      .option("--ids <ids>", say("ids"))
      .option("--list <list>", say("list"))
      .option("--all", say("all"))
      .option("--dry-run", say("dry_run"))
      .option("--expect <number>", say("expect"));
    if (to === "marketing") command.option("--include-protected", say("include_protected"));
    command.action((options: StatusOptions) =>
      commandLine.inAccount((context, output) => setStatus(context, output, { ...options, to })),
    );
  }
  addUsage(program, commandLine);
  program
    .command("verify")
    .description(say("verify"))
    .action(() => commandLine.inAccount(verify));
}

async function setStatus(
  context: Context,
  output: Output,
  options: StatusOptions & { to: Target },
): Promise<number> {
  const { to, includeProtected = false } = options;
  const selection = await readSelection(context, options, ["filter", "list", "ids", "all"]);
  const preview = await previewStatus(context, { selection, to, includeProtected });
  printGroups(output, preview.groups);
  if (options.dryRun) {
    output.json({ dryRun: true, ...preview });
    return 0;
  }
  const expect = await confirmedNumber(options, output, preview.willChange);
  const { operationId } = await startStatusFor(context, {
    scope: await selectContacts(context, selection),
    to,
    includeProtected,
    expect,
    params: "ids" in selection ? {} : { filter: selection.filter },
    source: { sourceType: "USER_SET", sourceId: null },
  });
  await workOperation(context, operationId, (done, total) => output.progress(done, total));
  return report(context, output, operationId);
}

async function report(context: Context, output: Output, operationId: string): Promise<number> {
  const operation = await showOperation(context, { operationId });
  const changed = operation.outcomes
    .filter(({ outcome }) => changingOutcomes.includes(outcome))
    .reduce((sum, { contacts }) => sum + contacts, 0);
  const { effectiveAt } = operation.params;
  const key = effectiveAt ? "scheduled_for" : "changed_now";
  const at = readableMoment(
    output.language,
    typeof effectiveAt === "string" ? effectiveAt : operation.createdAt,
    context.actor.timeZone,
  );
  output.line(text(output.language, `marketing-status:${key}`, { count: changed, at, operationId }));
  output.json({
    operation: operationId,
    state: operation.state,
    total: operation.total,
    changed,
    effectiveAt: effectiveAt ?? null,
    outcomes: operation.outcomes,
  });
  return operation.state === "done" ? 0 : 1;
}

/** The number the change must match; null for a lowering nobody put a number to. */
async function confirmedNumber(
  { expect, to }: StatusOptions & { to: Target },
  output: Output,
  willChange: number,
): Promise<number | null> {
  if (expect === undefined && to === "non_marketing") return null;
  return confirmCount({
    expect,
    question: text(output.language, "marketing-status:type_number", { contacts: willChange }),
    refuse: () => {
      throw new AppError("invalid_input", "marketing-status:raise_needs_expect", { contacts: willChange });
    },
  });
}

async function verify(context: Context, output: Output): Promise<number> {
  const found = await verifyAccount(context);
  const key = found.differences.length === 0 ? "verified" : "verify_differs";
  output.line(
    text(output.language, `marketing-status:${key}`, {
      marketing: readableNumber(output.language, found.marketing),
      tally: readableNumber(output.language, found.tallyMarketing),
      ledger: readableNumber(output.language, found.ledger),
      differences: found.differences.join(", "),
    }),
  );
  output.json({
    ...found,
    nextUpdate: (await nextUpdate(context)).toISOString(),
    right: found.differences.length === 0,
  });
  return found.differences.length === 0 ? 0 : 1;
}
