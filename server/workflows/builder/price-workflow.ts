import { type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import type { Filter } from "#contract/filters.ts";
import type { StatusOutcome, Step, WorkflowDefinition } from "#contract/workflow-definition.ts";
import { stepsOf, waysOf } from "#contract/workflow-graph.ts";
import type * as contract from "#contract/workflows.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import { limitsOf, previewScope, standingAfter } from "#server/marketing-status/bulk/preview-status.ts";
import { withinRoom } from "#server/marketing-status/holds/within-room.ts";
import { foretellSpike } from "#server/marketing-status/spikes/foretell-spike.ts";
import { classify } from "#server/marketing-status/status/classify.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import type { Context } from "#server/platform/context.ts";
import { filterMetBy } from "../definition/standing-fact.ts";
import { statusOutcomeOf } from "../definition/status-outcome.ts";
import { isSuppressed } from "../suppressed.ts";
import { type Crowd, inOrder, takeFirst, type Visit } from "./price-visits.ts";
import { countScope, hasBeenIn } from "./queries.ts";
import { requireWorkflow } from "./show-workflow.ts";

type Price = z.input<typeof contract.priceWorkflow.reply>;
type StepPrice = Price["steps"][string];

/** Visits of steps that are worked out at most: a way that goes round is followed once. */
const MAX_VISITS = 300;

/**
 * What a definition would do to those who meet a trigger now: how many come to each step, by the same queries that
 * decide it then, as if every delay were over and nothing changed meanwhile.
 */
export async function priceWorkflow(
  context: Context,
  { workflowId, definition }: z.output<typeof contract.priceWorkflow.input>,
): Promise<Price> {
  await requireWorkflow(context, workflowId);
  const entering = await whoEnters(context, workflowId, definition);
  const steps: Record<string, StepPrice> = {};
  const usage = await showUsage(context, {});
  const { nextUpdate, contactLimit, maximum } = usage;
  const priced = { now: usage.marketing, nextUpdate, contactLimit, maximum };
  const unmoved = { ...priced, after: usage.marketing, atUpdate: usage.atNextUpdate };
  if (entering === null) return { enrolls: null, steps, spike: null, usage: unmoved };
  const enrolls = await countScope(context, entering);
  const staying = sql<boolean>`${entering} and not ${await leavesAtOnce(context, definition)}`;
  await walk(context, definition, { steps, entering: staying, taken: 0 });
  const moved = totals(Object.values(steps));
  return {
    enrolls,
    steps,
    spike: await foretellSpike(context, { sourceType: "WORKFLOW", sourceId: workflowId }, wantedBy(moved)),
    usage: {
      ...priced,
      after: usage.marketing + moved("set_marketing"),
      atUpdate: usage.atNextUpdate + moved("set_marketing") + moved("unscheduled") - moved("scheduled"),
    },
  };
}

function totals(steps: readonly StepPrice[]): (outcome: string) => number {
  const all = steps.flatMap(({ outcomes }) => outcomes);
  return (name) =>
    all.filter(({ outcome }) => outcome === name).reduce((sum, { contacts }) => sum + contacts, 0);
}

/** What the guard counts: it asks before anybody looks for room. */
function wantedBy(moved: ReturnType<typeof totals>): { raise: number; lower: number } {
  const raising = ["set_marketing", "unscheduled", "held", "already_held", "refused"];
  return {
    raise: raising.reduce((sum, outcome) => sum + moved(outcome), 0),
    lower: moved("scheduled"),
  };
}

/** Null: no trigger is met by what a contact is, only by what happens to it. */
async function whoEnters(
  context: Context,
  workflowId: string,
  { triggers, reenroll, suppressionListIds }: WorkflowDefinition,
): Promise<RawBuilder<boolean> | null> {
  const met: RawBuilder<boolean>[] = [];
  for (const [place, trigger] of triggers.entries()) {
    const filter = filterMetBy(trigger);
    if (filter === null) continue;
    const again = reenroll.on.includes(place);
    met.push(
      sql<boolean>`(${await matches(context, filter)} and not ${hasBeenIn(context, workflowId, again)})`,
    );
  }
  if (met.length === 0) return null;
  const suppressed = await isSuppressed(context, suppressionListIds);
  return sql<boolean>`(${sql.join(met, sql` or `)}) and not ${suppressed}`;
}

/** Whoever has reached the goal, or is to leave, enters and leaves before the first step. */
async function leavesAtOnce(
  context: Context,
  { unenroll, goal }: WorkflowDefinition,
): Promise<RawBuilder<boolean>> {
  const out: RawBuilder<boolean>[] = [sql<boolean>`false`];
  for (const filter of [unenroll, goal]) if (filter !== null) out.push(await matches(context, filter));
  return sql<boolean>`(${sql.join(out, sql` or `)})`;
}

/** Never null, so that it can be negated. */
async function matches(context: Context, filter: Filter): Promise<RawBuilder<boolean>> {
  return sql<boolean>`coalesce(${await whereMatches(context, { filter, query: "" })}, false)`;
}

interface Pricing {
  readonly steps: Record<string, StepPrice>;
  /** Room that steps before have taken: all of them share it. */
  taken: number;
  readonly entering: RawBuilder<boolean>;
}

async function walk(context: Context, definition: WorkflowDefinition, pricing: Pricing): Promise<void> {
  const known = stepsOf(definition);
  const order = inOrder(definition);
  const open: Visit[] = [{ to: definition.start, crowd: { where: pricing.entering, share: 1 }, path: [] }];
  for (let visits = 0; visits < MAX_VISITS; visits++) {
    const next = takeFirst(open, order);
    if (!next) return;
    const step = known.get(next.to ?? "");
    if (!step || next.path.includes(step.id)) continue;
    const path = [...next.path, step.id];
    for (const way of await visit(context, step, { crowd: next.crowd, pricing })) open.push({ ...way, path });
  }
  // Too many ways to follow each: what was found is not all.
  for (const [id, price] of Object.entries(pricing.steps)) pricing.steps[id] = { ...price, about: true };
}

/** Counts those who come to a step; answers where they go on from there. */
async function visit(
  context: Context,
  step: Step,
  { crowd, pricing }: { crowd: Crowd; pricing: Pricing },
): Promise<PricedWay[]> {
  const contacts = Math.round((await countScope(context, crowd.where)) * crowd.share);
  const { steps, taken } = pricing;
  const outcomes = contacts === 0 ? [] : await outcomesOf(context, step, { ...crowd, taken });
  steps[step.id] = add(steps[step.id], { contacts, about: crowd.share < 1, outcomes });
  pricing.taken += outcomes
    .filter(({ outcome }) => outcome === "set_marketing")
    .reduce((sum, group) => sum + group.contacts, 0);
  return contacts === 0 ? [] : waysFrom(context, step, { ...crowd, taken });
}

function add(before: StepPrice | undefined, more: StepPrice): StepPrice {
  if (!before) return more;
  return {
    contacts: before.contacts + more.contacts,
    about: before.about || more.about,
    outcomes: [...before.outcomes, ...more.outcomes],
  };
}

async function outcomesOf(
  context: Context,
  step: Step,
  { where, share, standing, taken }: Priced,
): Promise<StepPrice["outcomes"]> {
  if (step.type !== "set_status") return [];
  const groups = await previewScope(context, {
    scope: scopeOf(context, where),
    standing,
    to: step.value,
    taken,
    share,
  });
  return groups.map((group) => ({ ...group, contacts: Math.round(group.contacts * share) }));
}

const scopeOf = ({ accountId }: Context, where: RawBuilder<boolean>) =>
  sql`select c.id from contact c where c.account_id = ${accountId} and c.deleted_at is null and ${where}`;

interface Priced extends Crowd {
  /** Room that steps before have taken. */
  readonly taken: number;
}

interface PricedWay {
  readonly to: string | null;
  readonly crowd: Crowd;
}

async function waysFrom(context: Context, step: Step, { taken, ...crowd }: Priced): Promise<PricedWay[]> {
  switch (step.type) {
    case "branch":
      return branches(context, step, crowd);
    case "split":
      return step.parts.map(({ next, percent }) => ({
        to: next,
        crowd: { ...crowd, share: (crowd.share * percent) / 100 },
      }));
    case "set_status":
      return byOutcome(context, step, { ...crowd, taken });
    default:
      // What happens outside and in time nobody knows: everybody goes on.
      return waysOf(step)
        .slice(0, 1)
        .map(({ to }) => ({ to, crowd }));
  }
}

async function branches(
  context: Context,
  step: Extract<Step, { type: "branch" }>,
  { where, ...crowd }: Crowd,
): Promise<PricedWay[]> {
  const ways: PricedWay[] = [];
  let left = where;
  for (const { filter, next } of step.branches) {
    const met = await matches(context, filter);
    ways.push({ to: next, crowd: { ...crowd, where: sql<boolean>`${left} and ${met}` } });
    left = sql<boolean>`${left} and not ${met}`;
  }
  return [...ways, { to: step.next, crowd: { ...crowd, where: left } }];
}

/** Each outcome that has a way of its own takes it; without one, who is held stays. */
async function byOutcome(
  context: Context,
  step: Extract<Step, { type: "set_status" }>,
  { where, share, standing: before, taken }: Priced,
): Promise<PricedWay[]> {
  const own = Object.entries(step.branches) as [StatusOutcome, string | null][];
  const wanted = { scope: scopeOf(context, where), standing: before, to: step.value };
  const standing = await standingAfter(context, { ...wanted, taken, share });
  const question = { ...wanted, includeProtected: false };
  const limits = await limitsOf(context, { to: step.value, taken, share });
  const classified = withinRoom(context, classify(context, question), limits);
  const at = (outcomes: readonly StatusOutcome[], negate: boolean): RawBuilder<boolean> =>
    sql<boolean>`${where} and c.id in (select id from (${classified}) k
      where (${statusOutcomeOf} = any(${outcomes}::text[])) = ${!negate})`;
  const ways = own.map(([outcome, to]) => ({ to, crowd: { where: at([outcome], false), share, standing } }));
  const elsewhere: StatusOutcome[] = [...new Set([...own.map(([outcome]) => outcome), "held" as const])];
  const canBeHeld = limits.room !== null;
  const rest = own.length === 0 && !canBeHeld ? where : at(elsewhere, true);
  return [...ways, { to: step.next, crowd: { where: rest, share, standing } }];
}
