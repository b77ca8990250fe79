import type { Step } from "#contract/workflow-definition.ts";
import { waysOf } from "#contract/workflow-graph.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { nextInWindow } from "../definition/execution-window.ts";
import { actOf } from "./acts.ts";
import { alike, type Enrolled, idsOf } from "./enrolled.ts";
import { type Journey, walkOn } from "./journey.ts";
import { lockClaimed, moveEnrollments, recordEntries, renewClaims } from "./queries.ts";
import { CLAIM_SECONDS, MAX_CRASHES, pauseAfter, troubleOf } from "./retry.ts";
import { isOutside, type StepOutcome, type StepRun, type Trouble } from "./step-act.ts";
import { type Batch, whoStays } from "./who-stays.ts";

/** Where contacts stand that have just entered. */
export const ENTRY = "";

/**
 * Does a step for the contacts that stand before it, and records what became of them in the same transaction. What
 * reaches outside is done first and recorded afterwards, for those whose claim still stands. A step that cannot be
 * done now is tried again; one that never can is parked.
 */
export async function workBatch(context: Context, work: Batch): Promise<void> {
  const { crashes = 0 } = work.batch[0] ?? {};
  if (crashes >= MAX_CRASHES)
    return giveUp(context, work, { kind: "park", reason: "crashed", details: { crashes }, seconds: null });
  try {
    if (isOutside(work.step)) await actOutside(context, work);
    else await inTransaction(context, (context) => actInside(context, work));
  } catch (error) {
    await giveUp(context, work, troubleOf(error));
  }
}

async function actInside(context: Context, work: Batch): Promise<void> {
  const journey: Journey = { moves: [], entries: [] };
  const staying = await whoStays(context, work, journey);
  if (staying.length > 0) {
    const outcomes = await perform(context, work, staying);
    await settle(context, { work, journey, staying }, outcomes);
  }
  await write(context, work, journey);
}

/**
 * The dismissed leave before anything goes out, and the claims of the others begin anew, so that nobody else calls for
 * them; who is claimed by somebody else all the same is recorded by that worker.
 */
async function actOutside(context: Context, work: Batch): Promise<void> {
  const staying = await inTransaction(context, async (context) => {
    const journey: Journey = { moves: [], entries: [] };
    const staying = await whoStays(context, work, journey);
    await write(context, work, journey);
    await renewClaims(context, work.travel.workflow.id, staying);
    return staying;
  });
  if (staying.length === 0) return;
  const outcomes = await keepingClaims(context, { ...work, batch: staying });
  await inTransaction(context, async (context) => {
    const journey: Journey = { moves: [], entries: [] };
    const held = await lockClaimed(context, work.travel.workflow.id, staying);
    const still = staying.filter(({ id }) => held.has(id));
    await settle(context, { work, journey, staying: still }, outcomes);
    await write(context, work, journey);
  });
}

/** Calls may take longer than a claim holds: it is renewed until they are through. */
async function keepingClaims(context: Context, work: Batch): Promise<StepOutcome[]> {
  const renew = () => renewClaims(context, work.travel.workflow.id, work.batch).catch(() => {});
  const timer = setInterval(() => void renew(), (CLAIM_SECONDS * 1_000) / 3);
  try {
    return await perform(context, work, work.batch);
  } finally {
    clearInterval(timer);
  }
}

function perform(
  context: Context,
  { travel, step }: Batch,
  staying: readonly Enrolled[],
): Promise<StepOutcome[]> {
  const act = actOf(step);
  const contactIds = staying.map(({ contactId }) => contactId);
  if (!act) return Promise.resolve(pass(step, staying));
  const of = new Map(staying.map((enrolled) => [enrolled.contactId, enrolled]));
  const key = (contactId: string) => {
    const { id, arrived } = of.get(contactId) ?? { id: "", arrived: 0 };
    return `${travel.workflow.id}-${id}-${step.id}-${arrived}`;
  };
  const waited = staying.filter(({ reason }) => reason === "held").map(({ contactId }) => contactId);
  const run: StepRun = { workflow: travel.workflow, step, contactIds, waited, key };
  return act(context, run as never);
}

/** A delay that is over: because what it waited for has happened, or because its time is up. */
function pass(step: Step, staying: readonly Enrolled[]): StepOutcome[] {
  const limited = step.type === "delay" && step.until.kind === "happening";
  const groups = alike(staying, ({ reason }) => !limited || reason === "happened");
  return [...groups].map(([next, batch]) => ({
    outcome: next ? "passed" : "timed_out",
    way: next ? "next" : "timed_out",
    contactIds: batch.map(({ contactId }) => contactId),
  }));
}

interface Settling {
  readonly work: Batch;
  readonly journey: Journey;
  readonly staying: readonly Enrolled[];
}

/** Says what became of each and walks it on by the way its outcome takes. */
async function settle(
  context: Context,
  { work, journey, staying }: Settling,
  outcomes: readonly StepOutcome[],
): Promise<void> {
  const { travel, step } = work;
  const ways = new Map(waysOf(step).map(({ key, to }) => [key, to]));
  for (const { outcome, way = "next", contactIds, details, operationId, ...rest } of outcomes) {
    const concerned = new Set(contactIds);
    const batch = staying.filter(({ contactId }) => concerned.has(contactId));
    if (batch.length === 0) continue;
    const undone = notDone(work, batch, rest);
    if (undone) {
      journey.entries.push(...undone.entries);
      journey.moves.push(...undone.moves);
      continue;
    }
    const entry = { ids: idsOf(batch), step: step.id, kind: "done", outcome } as const;
    if (step.id !== ENTRY)
      journey.entries.push({ ...entry, details: { ...details, way }, operationId: operationId ?? null });
    if (rest.leaves) {
      const { reason, details } = rest.leaves;
      const ids = idsOf(batch);
      journey.moves.push({ ids, step: step.id, state: "left", dueAt: null, reason });
      journey.entries.push({ ids, step: step.id, kind: "left", outcome: reason, details });
      continue;
    }
    const to = ways.get(ways.has(way) ? way : "next") ?? null;
    await walkOn(context, { travel, journey }, { from: step.id, to, batch });
  }
}

/** Nothing where the step is done. */
function notDone(
  work: Batch,
  batch: readonly Enrolled[],
  { trouble, waits }: Pick<StepOutcome, "trouble" | "waits">,
): Journey | null {
  if (trouble) return troubled(work, batch, trouble);
  if (!waits) return null;
  const step = work.step.id;
  const news = idsOf(batch.filter(({ reason }) => reason !== waits));
  return {
    entries: news.length === 0 ? [] : [{ ids: news, step, kind: "info", outcome: waits }],
    moves: [{ ids: idsOf(batch), step, state: "waiting", dueAt: null, reason: waits }],
  };
}

async function write(context: Context, { travel }: Batch, { entries, moves }: Journey): Promise<void> {
  const { id, version } = travel.workflow;
  const day = travel.now.toLocaleDateString("sv-SE", { timeZone: travel.timeZone });
  await recordEntries(context, { workflowId: id, version, day, entries });
  await moveEnrollments(context, id, moves);
}

/** What could not be done: each try is told, with the reason and the time of the next one. */
function troubled({ travel, step }: Batch, batch: readonly Enrolled[], trouble: Trouble): Journey {
  const { reason, details, seconds, apart = false } = trouble;
  if (trouble.kind === "park") {
    const ids = idsOf(batch);
    return {
      entries: [{ ids, step: step.id, kind: "parked", outcome: reason, details }],
      moves: [{ ids, step: step.id, state: "parked", dueAt: null, reason, failed: true }],
    };
  }
  const journey: Journey = { entries: [], moves: [] };
  const { now, timeZone, workflow } = travel;
  for (const [tries, together] of alike(batch, ({ tries }) => tries)) {
    const pausedTo = new Date(now.getTime() + pauseAfter(tries, seconds) * 1_000);
    const dueAt = actOf(step) ? nextInWindow(workflow.definition.window, pausedTo, timeZone) : pausedTo;
    const [ids, outside] = [idsOf(together), isOutside(step)];
    journey.entries.push({
      ids,
      step: step.id,
      kind: "info",
      outcome: reason,
      details: { ...details, nextTry: dueAt },
      first: tries === 0,
    });
    journey.moves.push({
      ids,
      step: step.id,
      state: "retrying",
      dueAt,
      outside,
      reason,
      failed: true,
      apart,
    });
  }
  return journey;
}

async function giveUp(context: Context, work: Batch, trouble: Trouble): Promise<void> {
  await inTransaction(context, async (context) => {
    const held = await lockClaimed(context, work.travel.workflow.id, work.batch);
    const ours = work.batch.filter(({ id }) => held.has(id));
    if (ours.length > 0) await write(context, work, troubled(work, ours, trouble));
  });
}
