import type { Command } from "commander";
import { printGroups, workAndPrint } from "#server/operations/print-outcome.ts";
import type { CommandLine, Output } from "#server/platform/command.ts";
import type { Context } from "#server/platform/context.ts";
import { printTable } from "#server/platform/print-table.ts";
import { readableMoment, readableNumber, sortableMoment } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { readCount } from "#server/platform/typed-count.ts";
import { listPlans } from "./list-plans.ts";
import { findPlan, previewPlan, runPlanNow } from "./run-now.ts";
import { changePlan, skipRun } from "./save-plan.ts";

type Plan = Awaited<ReturnType<typeof listPlans>>["plans"][number];
type Run = NonNullable<Plan["next"]["run"]>;

interface RunOptions {
  readonly dryRun?: boolean;
  readonly expect?: string;
}

/** `headroom cleanup list | show | run | skip | unskip | pause | resume`: saved cleanup plans. */
export function commands(program: Command, commandLine: CommandLine): void {
  const say = (key: string) => text(commandLine.language, `cleanup:command_${key}`);
  const cleanup = program.command("cleanup").description(say("cleanup"));
  cleanup
    .command("list")
    .description(say("list"))
    .action(() => commandLine.inAccount(list));
  const one = (name: string) => cleanup.command(`${name} <plan>`).description(say(name));
  one("show").action((plan: string) =>
    commandLine.inAccount((context, output) => show(context, output, plan)),
  );
  one("run")
    .option("--dry-run", say("dry_run"))
    .option("--expect <number>", say("expect"))
    .action((plan: string, options: RunOptions) =>
      commandLine.inAccount((context, output) => run(context, output, { plan, ...options })),
    );
  for (const skip of [true, false]) {
    const command = one(skip ? "skip" : "unskip");
    if (skip) command.alias("cancel");
    command.action((plan: string) =>
      changing(commandLine, plan, (context, planId) => skipRun(context, { planId, skip })),
    );
  }
  for (const state of ["paused", "on"] as const) {
    one(state === "on" ? "resume" : "pause").action((plan: string) =>
      changing(commandLine, plan, (context, planId) => changePlan(context, { planId, state })),
    );
  }
}

async function list(context: Context, output: Output): Promise<number> {
  const { plans, included, timeZone } = await listPlans(context);
  sayPlans(output, plans, timeZone);
  if (plans.length === 0) output.line(text(output.language, "cleanup:said_none"));
  output.json({ plans, included });
  return 0;
}

async function show(context: Context, output: Output, typed: string): Promise<number> {
  const { id } = await findPlan(context, typed);
  const { plans, readers, timeZone } = await listPlans(context);
  const plan = plans.find((each) => each.id === id) as Plan;
  sayPlans(output, [plan], timeZone);
  const say = (key: string, values: Record<string, unknown>) =>
    output.line(`  ${text(output.language, key, values)}`);
  const noticeAt = readableMoment(output.language, plan.next.noticeAt, timeZone);
  say("cleanup:said_owner", { name: plan.owner.name });
  say("cleanup:said_notice", { at: noticeAt, names: readers.join(", ") });
  sayRuns(output, plan.history, timeZone);
  output.json({ ...plan, readers });
  return 0;
}

const runHeads = [{ name: "update" }, { name: "run" }, { name: "contacts", isNumber: true }];
const planHeads = [{ name: "id", isNumber: true }, { name: "name" }, { name: "state" }, { name: "next" }];

function headed(
  { language }: Output,
  heads: readonly { readonly name: string; readonly isNumber?: boolean }[],
) {
  return heads.map(({ name, ...how }) => ({ head: text(language, `cleanup:head_${name}`), ...how }));
}

/** With the run that is already announced, where there is one. */
function sayPlans(output: Output, plans: readonly Plan[], timeZone: string): void {
  const isAnnounced = plans.some(({ next }) => next.run !== null);
  printTable(
    output,
    headed(output, [...planHeads, ...(isAnnounced ? runHeads : [])]),
    plans.map(({ id, name, state, next: { run, runAt } }) => [
      id,
      name,
      text(output.language, `cleanup:state_${state}`),
      sortableMoment(run?.runAt ?? runAt, timeZone),
      ...(run === null ? [] : runCells(output, run, timeZone)),
    ]),
  );
}

/** What the updates before brought. */
function sayRuns(output: Output, runs: readonly Run[], timeZone: string): void {
  printTable(
    output,
    headed(output, runHeads),
    runs.map((run) => runCells(output, run, timeZone)),
  );
}

function runCells({ language }: Output, { updateAt, state, announced, scheduled }: Run, timeZone: string) {
  return [
    sortableMoment(updateAt, timeZone),
    text(language, `cleanup:run_${state}`),
    readableNumber(language, scheduled ?? announced ?? 0),
  ];
}

/** A lowering needs no number; given one, it has to be right. */
async function run(
  context: Context,
  output: Output,
  { plan, dryRun, expect }: RunOptions & { readonly plan: string },
): Promise<number> {
  const { id: planId } = await findPlan(context, plan);
  if (dryRun) {
    const { groups, willChange, total, effectiveAt, timeZone } = await previewPlan(context, { planId });
    printGroups(output, groups);
    const at = readableMoment(output.language, effectiveAt, timeZone);
    output.line(text(output.language, "cleanup:said_would", { at }));
    output.json({ dryRun: true, groups, willChange, total, effectiveAt });
    return 0;
  }
  const expected = expect === undefined ? null : readCount(expect);
  const { operationId } = await runPlanNow(context, { planId, expect: expected });
  return workAndPrint(context, output, { operationId, plan: planId });
}

/** Changes the plan that is named, then says how it stands. */
function changing(
  commandLine: CommandLine,
  typed: string,
  change: (context: Context, planId: string) => Promise<unknown>,
): Promise<void> {
  return commandLine.inAccount(async (context, output) => {
    const { id } = await findPlan(context, typed);
    await change(context, id);
    return show(context, output, id);
  });
}
