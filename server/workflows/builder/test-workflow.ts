import type { RawBuilder } from "kysely";
import type { z } from "zod";
import type { Filter } from "#contract/filters.ts";
import type { Step, WorkflowDefinition } from "#contract/workflow-definition.ts";
import { stepsOf, waysOf } from "#contract/workflow-graph.ts";
import type * as contract from "#contract/workflows.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { requireContact } from "#server/contacts/record/require-contact.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import { previewScope, standingAfter } from "#server/marketing-status/bulk/preview-status.ts";
import { livingContacts } from "#server/marketing-status/status/classify.ts";
import type { Context } from "#server/platform/context.ts";
import { delayEnds } from "../definition/delay.ts";
import { nextInWindow } from "../definition/execution-window.ts";
import { partOf } from "../definition/split.ts";
import { filterMetBy } from "../definition/standing-fact.ts";
import { statusOutcome } from "../definition/status-outcome.ts";
import { selectTexts } from "../queries.ts";
import { becoming, countScope } from "./queries.ts";
import { requireWorkflow } from "./show-workflow.ts";

type Reply = z.input<typeof contract.testWorkflow.reply>;

/** A way that is longer than this goes round. */
const MAX_STEPS = 100;

/** The way one contact would take as it is now, with the moments at which it would go on. Nothing is done. */
export async function testWorkflow(
  context: Context,
  { workflowId, definition, contactId }: z.output<typeof contract.testWorkflow.input>,
): Promise<Reply> {
  await requireWorkflow(context, workflowId);
  const { id } = await requireContact(context, contactId);
  const traveller: Traveller = { context, workflowId, definition, contactId: id };
  return { trigger: await triggerMet(traveller), path: await pathOf(traveller) };
}

interface Traveller {
  readonly context: Context;
  readonly workflowId: string;
  readonly definition: WorkflowDefinition;
  readonly contactId: string;
}

async function triggerMet(traveller: Traveller): Promise<number | null> {
  for (const [place, trigger] of traveller.definition.triggers.entries()) {
    const filter = filterMetBy(trigger);
    if (filter !== null && (await meets(traveller, filter))) return place;
  }
  return null;
}

async function meets({ context, contactId }: Traveller, filter: Filter): Promise<boolean> {
  const where = await whereMatches(context, { filter, query: "" });
  return (await countScope(context, where, [contactId])) > 0;
}

async function pathOf(traveller: Traveller): Promise<Reply["path"]> {
  const { context, definition } = traveller;
  const steps = stepsOf(definition);
  const { calendar, now } = await loadBilling(context);
  const path: Reply["path"] = [];
  let at = now;
  let standing: RawBuilder<unknown> | undefined;
  for (let to = definition.start; to !== null && path.length < MAX_STEPS; ) {
    const step = steps.get(to);
    if (!step) break;
    const moment = { since: at, timeZone: calendar.timeZone, standing };
    const { outcome, way, until, becomes } = await pass(traveller, step, moment);
    standing = becomes ?? standing;
    const goesOn = until ?? nextInWindow(definition.window, at, calendar.timeZone);
    path.push({ step: step.id, outcome, way, until: goesOn > at ? goesOn.toISOString() : null });
    at = goesOn;
    to = waysOf(step).find(({ key }) => key === way)?.to ?? null;
  }
  return path;
}

interface Passed {
  readonly outcome: string;
  readonly way: string;
  readonly until?: Date;
  /** What has become of its status, as `classify` asks. */
  readonly becomes?: RawBuilder<unknown>;
}

interface Moment {
  readonly since: Date;
  readonly timeZone: string;
  /** What steps on the way have made of its status. */
  readonly standing: RawBuilder<unknown> | undefined;
}

async function pass(traveller: Traveller, step: Step, moment: Moment): Promise<Passed> {
  switch (step.type) {
    case "branch":
      return branch(traveller, step);
    case "split": {
      const part = String(partOf(step, traveller));
      return { outcome: part, way: part };
    }
    case "delay":
      return { outcome: "passed", way: "next", until: await ends(traveller, step, moment) };
    case "set_status":
      return status(traveller, step, moment);
    default:
      return { outcome: step.type === "end" ? "finished" : "would_run", way: "next" };
  }
}

async function branch(traveller: Traveller, step: Extract<Step, { type: "branch" }>): Promise<Passed> {
  for (const [place, { filter }] of step.branches.entries())
    if (await meets(traveller, filter)) return { outcome: String(place), way: String(place) };
  return { outcome: "next", way: "next" };
}

async function status(
  { context, contactId }: Traveller,
  step: Extract<Step, { type: "set_status" }>,
  { standing }: Moment,
): Promise<Passed> {
  const wanted = { scope: livingContacts(context, [contactId]), standing, to: step.value };
  const [group] = await previewScope(context, wanted);
  const outcome = statusOutcome(group?.outcome ?? "", group?.reason);
  const becomes = await becoming(context, await standingAfter(context, wanted));
  return { outcome, way: step.branches[outcome] === undefined ? "next" : outcome, becomes };
}

async function ends(
  { context, contactId }: Traveller,
  { until }: Extract<Step, { type: "delay" }>,
  moment: { since: Date; timeZone: string },
): Promise<Date> {
  if (until.kind !== "property") return delayEnds(until, moment);
  const values = await selectTexts(context, until.propertyName, [contactId]);
  return delayEnds(until, { ...moment, value: values.get(contactId) ?? null });
}
