import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { filter as filterSchema, type Selection } from "#contract/filters.ts";
import { nextUpdate } from "#server/billing/load-billing.ts";
import { membersOf } from "#server/filters/members-of.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { outcomeKey } from "#server/operations/outcome-key.ts";
import { showOperation } from "#server/operations/show-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError, WrongUseError } from "#server/platform/errors.ts";
import { readableMoment, readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { previewStatus } from "./bulk/preview-status.ts";
import { startStatusFor } from "./bulk/start-status.ts";
import { changingOutcomes } from "./marketing-status.ts";
import { showUsage } from "./usage/show-usage.ts";
import { verifyAccount } from "./verify/verify-account.ts";

type Target = "marketing" | "non_marketing";

interface StatusOptions {
  readonly filter?: string;
  readonly ids?: string;
  /** By number or name. */
  readonly list?: string;
  readonly all?: boolean;
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
  program
    .command("usage")
    .description(say("usage"))
    .option("--at <instant>", say("at"))
    .action((options: { at?: string }) =>
      commandLine.inAccount((context, output) => usage(context, output, options.at)),
    );
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
  const selection = await readSelection(context, options);
  const preview = await previewStatus(context, { selection, to, includeProtected });
  for (const { outcome, reason, contacts } of preview.groups) {
    output.line(
      `${text(output.language, outcomeKey({ outcome, reason }))}: ${readableNumber(output.language, contacts)}`,
    );
  }
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

async function readSelection(
  context: Context,
  { filter, ids, all, list }: StatusOptions,
): Promise<Selection> {
  if ([filter, ids, all, list].filter(Boolean).length !== 1)
    throw new WrongUseError("marketing-status:choose_scope");
  if (list) return { filter: await membersOf(context, list), query: "" };
  if (ids) return { ids: ids.split(/[\s,]+/).filter((id) => requireId(id)) };
  return { filter: all ? { filterGroups: [] } : readFilter(filter ?? ""), query: "" };
}

function requireId(id: string): boolean {
  if (!/^[1-9]\d{0,18}$/.test(id)) throw new WrongUseError("marketing-status:bad_id", { id });
  return true;
}

function readFilter(json: string): { filterGroups: { filters: never[] }[] } {
  try {
    return filterSchema.parse(JSON.parse(json)) as { filterGroups: { filters: never[] }[] };
  } catch (error) {
    throw new WrongUseError("marketing-status:bad_filter", {
      problem: error instanceof SyntaxError ? error.message : "filterGroups",
    });
  }
}

/** The number the change must match; null for a lowering nobody put a number to. */
async function confirmedNumber(
  { expect, to }: StatusOptions & { to: Target },
  output: Output,
  willChange: number,
): Promise<number | null> {
  if (expect !== undefined) return readNumber(expect);
  if (to === "non_marketing") return null;
  if (!process.stdin.isTTY) {
    throw new AppError("invalid_input", "marketing-status:raise_needs_expect", { contacts: willChange });
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(
    `${text(output.language, "marketing-status:type_number", { contacts: willChange })} `,
  );
  prompt.close();
  return readNumber(answer);
}

function readNumber(typed: string): number {
  const digits = typed.replace(/[\s.,'’\u00a0\u202f]/g, "");
  if (!/^\d{1,15}$/.test(digits)) throw new WrongUseError("marketing-status:not_a_number", { typed });
  return Number(digits);
}

async function usage(context: Context, output: Output, at: string | undefined): Promise<number> {
  if (at !== undefined && Number.isNaN(Date.parse(at))) {
    throw new WrongUseError("marketing-status:bad_instant", { at });
  }
  const shown = await showUsage(context, { at: at === undefined ? undefined : new Date(at).toISOString() });
  const say = (key: string, values: Record<string, unknown>) =>
    output.line(text(output.language, `marketing-status:${key}`, values));
  const number = (value: number) => readableNumber(output.language, value);
  const { contactLimit, nextUpdate, timeZone } = shown;
  say("usage_marketing", { marketing: number(shown.marketing), waiting: number(shown.waiting) });
  say("usage_total", { nonMarketing: number(shown.nonMarketing), total: number(shown.total) });
  if (!shown.totalIsComplete) say("usage_total_incomplete", {});
  if (contactLimit !== null)
    say("usage_limit", { limit: number(contactLimit), headroom: number(contactLimit - shown.marketing) });
  const then = { count: shown.atNextUpdate, number: number(shown.atNextUpdate) };
  say("usage_next", { at: readableMoment(output.language, nextUpdate, timeZone), ...then });
  output.json({ ...shown });
  return 0;
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
