import type { Filter } from "#contract/filters.ts";
import type { Step, StepOf } from "#contract/workflow-definition.ts";
import { judgementOf } from "#server/filters/explain-filter.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { delayEnds } from "../definition/delay.ts";
import { nextInWindow } from "../definition/execution-window.ts";
import { partOf } from "../definition/split.ts";
import { selectTexts } from "../queries.ts";
import type { RunningWorkflow } from "../workflow.ts";
import { alike, type Enrolled, type Entry, idsOf, type Move, type Values } from "./enrolled.ts";
import { judge, selectMatching } from "./queries.ts";
import { isOutside } from "./step-act.ts";

export interface Travel {
  readonly workflow: RunningWorkflow;
  readonly steps: ReadonlyMap<string, Step>;
  readonly timeZone: string;
  readonly now: Date;
}

/** Where contacts go and what is said about it, gathered while they walk and written in one go. */
export interface Journey {
  readonly moves: Move[];
  readonly entries: Entry[];
}

/**
 * Walks contacts on from a step until each stands before an action, waits, or is through. Branches, splits and jumps
 * are decided on the way, in the transaction that records them.
 */
export async function walkOn(
  context: Context,
  { travel, journey }: { travel: Travel; journey: Journey },
  walkers: Walkers,
): Promise<void> {
  const open = [walkers];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.batch.length > 0) open.push(...(await pass(context, { travel, journey }, next)));
  }
}

/** One step of the way: where contacts go on from here, nothing where they stay. */
async function pass(
  context: Context,
  { travel, journey }: { travel: Travel; journey: Journey },
  { from, to, batch }: Walkers,
): Promise<Walkers[]> {
  const step = travel.steps.get(to ?? "");
  if (step === undefined) return finish(journey, from, batch);
  switch (step.type) {
    case "end":
      return finish(journey, step.id, batch);
    case "go_to":
      return [{ from: step.id, to: step.step, batch }];
    case "branch":
      return decide(context, journey, { step, batch });
    case "split":
      return share(journey, travel, { step, batch });
    case "delay":
      journey.moves.push(...(await waits(context, travel, { step, batch })));
      return [];
    default:
      journey.moves.push(stands(travel, step, batch));
      return [];
  }
}

/** Before an action, at once or when the workflow's hours begin. */
function stands({ workflow, now, timeZone }: Travel, step: Step, batch: readonly Enrolled[]): Move {
  const dueAt = nextInWindow(workflow.definition.window, now, timeZone);
  const state = dueAt > now ? "waiting" : "active";
  return { ids: idsOf(batch), step: step.id, state, dueAt, outside: isOutside(step) };
}

function finish(journey: Journey, step: string, batch: readonly Enrolled[]): [] {
  const ids = idsOf(batch);
  journey.moves.push({ ids, step, state: "finished", dueAt: null });
  journey.entries.push({ ids, step, kind: "finished", outcome: "" });
  return [];
}

interface At<Type extends Step["type"]> {
  readonly step: StepOf<Type> & { readonly id: string };
  readonly batch: readonly Enrolled[];
}

interface Walkers {
  readonly from: string;
  readonly to: string | null;
  readonly batch: readonly Enrolled[];
}

/** Each contact takes the first branch whose filter it meets. */
async function decide(context: Context, journey: Journey, { step, batch }: At<"branch">): Promise<Walkers[]> {
  const ways: Walkers[] = [];
  const read = new Map<string, Values>();
  let left = batch;
  const take = (taking: readonly Enrolled[], to: string | null, details: Record<string, unknown>) => {
    if (taking.length === 0) return;
    const outcome = String(details["way"]);
    journey.entries.push({ ids: idsOf(taking), step: step.id, kind: "done", outcome, details, read });
    ways.push({ from: step.id, to, batch: taking });
  };
  for (const [place, { name, filter, next }] of step.branches.entries()) {
    const met = await judgeBy(context, { batch: left, filter, read });
    take(
      left.filter(({ contactId }) => met.has(contactId)),
      next,
      { way: String(place), name },
    );
    left = left.filter(({ contactId }) => !met.has(contactId));
  }
  take(left, step.next, { way: "next" });
  return ways;
}

interface Judging {
  readonly batch: readonly Enrolled[];
  readonly filter: Filter;
  /** By enrollment: takes what was read. */
  readonly read: Map<string, Values>;
}

/** Which of the batch's contacts meet a filter now, and by which values. */
async function judgeBy(context: Context, { batch, filter, read }: Judging): Promise<ReadonlySet<string>> {
  if (batch.length === 0) return new Set();
  const ids = batch.map(({ contactId }) => contactId);
  const judged = await judge(context, ids, await judgementOf(context, filter));
  const of = new Map(judged.map((each) => [each.id, each]));
  for (const { id, contactId } of batch) read.set(id, { ...read.get(id), ...of.get(contactId)?.read });
  return new Set(judged.filter(({ met }) => met).map(({ id }) => id));
}

/** Which of the batch's contacts meet a filter now. */
export async function meeting(
  context: Context,
  batch: readonly Enrolled[],
  filter: Filter,
): Promise<ReadonlySet<string>> {
  if (batch.length === 0) return new Set();
  const contactIds = batch.map(({ contactId }) => contactId);
  return selectMatching(context, contactIds, await whereMatches(context, { filter, query: "" }));
}

function share(journey: Journey, { workflow }: Travel, { step, batch }: At<"split">): Walkers[] {
  const places = batch.map(({ contactId }) => partOf(step, { workflowId: workflow.id, contactId }));
  return step.parts.flatMap(({ name, next }, place) => {
    const taking = batch.filter((_, index) => places[index] === place);
    if (taking.length === 0) return [];
    const details = { way: String(place), name };
    journey.entries.push({
      ids: idsOf(taking),
      step: step.id,
      kind: "done",
      outcome: String(place),
      details,
    });
    return [{ from: step.id, to: next, batch: taking }];
  });
}

/** Contacts wait together where they wait equally long; by a date of their own, each as long as it says. */
async function waits(context: Context, travel: Travel, { step, batch }: At<"delay">): Promise<Move[]> {
  const { now: since, timeZone } = travel;
  const { until } = step;
  const wait = { step: step.id, state: "waiting" } as const;
  if (until.kind !== "property")
    return [{ ...wait, ids: idsOf(batch), dueAt: delayEnds(until, { since, timeZone }) }];
  const values = await selectTexts(
    context,
    until.propertyName,
    batch.map(({ contactId }) => contactId),
  );
  const byValue = alike(batch, ({ contactId }) => values.get(contactId) ?? null);
  return [...byValue].map(([value, together]) => ({
    ...wait,
    ids: idsOf(together),
    dueAt: delayEnds(until, { since, timeZone, value }),
  }));
}
