import type { z } from "zod";
import type * as contract from "#contract/cleanup-plans.ts";
import { nextUpdate } from "#server/billing/load-billing.ts";
import { requirePlan } from "#server/billing/require-plan.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { chosenContacts } from "../wizard/choose-contacts.ts";
import { chosenOf, isNobody } from "../wizard/cleanup-choice.ts";
import type { Span, Timing } from "./cleanup-plan.ts";
import { nextMoments } from "./plan-calendar.ts";
import {
  endRun,
  forgetRun,
  insertPlan,
  insertRun,
  lockPlan,
  type PlanRow,
  removePlan,
  updatePlan,
} from "./queries.ts";

type New = z.output<typeof contract.createCleanupPlan.input>;
type Change = z.output<typeof contract.changeCleanupPlan.input>;
type Nothing = Record<string, never>;

/** A plan must fit between two updates of the shortest month. */
const LONGEST_HOURS = 27 * 24;

/** Saves a choice to be carried out before each update, with the rights of whoever saves it. */
export function createPlan(context: Context, plan: New): Promise<{ id: string }> {
  return inTransaction(context, async (context) => {
    await requirePlan(context, "planned-cleanups");
    requireTiming(plan);
    if (isNobody(chosenOf(plan.choice))) throw new AppError("invalid_input", "cleanup:nobody_chosen");
    await chosenContacts(context, chosenOf(plan.choice));
    const id = await insertPlan(context, plan, requirePerson(context));
    if (id === null) throw nameTaken(plan.name);
    await recordEvent(context, { type: "cleanup_plan.created", details: { planId: id } });
    return { id };
  });
}

/** Changes what is named. Whatever was announced with other times, or is resumed, is announced anew. */
export function changePlan(context: Context, { planId, ...change }: Change): Promise<Nothing> {
  return edit(context, planId, async (context, plan) => {
    const next = { ...plan, ...withoutUndefined(change) };
    requireTiming(next);
    const resumed = plan.state === "paused" && next.state === "on";
    if (resumed) await requirePlan(context, "planned-cleanups");
    const moved =
      JSON.stringify([plan.runBefore, plan.noticeBefore]) !==
      JSON.stringify([next.runBefore, next.noticeBefore]);
    if (moved || resumed) await forgetRun(context, planId, await nextUpdate(context));
    if (next.state === "paused" && plan.state === "on") await pauseRun(context, planId);
    return {
      ...next,
      pausedReason: next.state === "on" ? null : (plan.pausedReason ?? "hand"),
      onSince: resumed ? await context.clock.now(context.db) : plan.onSince,
    };
  });
}

/** It runs with this person's rights from now on, and is on. */
export function takeOverPlan(context: Context, { planId }: { planId: string }): Promise<Nothing> {
  return edit(context, planId, async (context, plan) => {
    await requirePlan(context, "planned-cleanups");
    await forgetRun(context, planId, await nextUpdate(context));
    const onSince = await context.clock.now(context.db);
    return { ...plan, ownerId: requirePerson(context), state: "on", pausedReason: null, onSince };
  });
}

/** Not this time, or after all; what has been carried out is taken back by the undo of its operation. */
export function skipRun(
  context: Context,
  { planId, skip }: { planId: string; skip: boolean },
): Promise<Nothing> {
  return edit(context, planId, async (context, plan) => {
    const { updateAt, runAt } = await nextMoments(context, plan);
    if (!skip) await forgetRun(context, planId, updateAt);
    else {
      const stopped = await endRun(context, { planId, updateAt, state: "skipped" });
      const first = stopped || (await insertRun(context, { planId, updateAt, runAt, state: "skipped" }));
      if (!first) throw new AppError("conflict", "cleanup:run_started", { planId });
    }
    return plan;
  });
}

export function deletePlan(context: Context, { planId }: { planId: string }): Promise<Nothing> {
  return inTransaction(context, async (context) => {
    if ((await lockPlan(context, planId, "wait")) === undefined) throw notFound(planId);
    await removePlan(context, planId);
    await recordEvent(context, { type: "cleanup_plan.deleted", details: { planId } });
    return {};
  });
}

type Edit = (context: Context, plan: PlanRow) => Promise<PlanRow>;

function edit(context: Context, planId: string, change: Edit): Promise<Nothing> {
  return inTransaction(context, async (context) => {
    const plan = await lockPlan(context, planId, "wait");
    if (plan === undefined) throw notFound(planId);
    const next = await change(context, plan);
    if (!(await updatePlan(context, next))) throw nameTaken(next.name);
    const { state, ownerId } = next;
    await recordEvent(context, { type: "cleanup_plan.changed", details: { planId, state, ownerId } });
    return {};
  });
}

async function pauseRun(context: Context, planId: string): Promise<void> {
  const updateAt = await nextUpdate(context);
  await endRun(context, { planId, updateAt, state: "paused", reason: "hand" });
}

const hours = ({ amount, unit }: Span): number => (unit === "days" ? amount * 24 : amount);

function requireTiming({ runBefore, noticeBefore }: Timing): void {
  if (hours(runBefore) + hours(noticeBefore) > LONGEST_HOURS)
    throw new AppError("invalid_input", "cleanup:too_early", { days: LONGEST_HOURS / 24 });
}

/** A plan needs a person whose rights it has; a token or the command line has none. */
function requirePerson({ actor }: Context): string {
  if (actor.type !== "user" || actor.id === null) throw new AppError("not_allowed", "cleanup:needs_person");
  return actor.id;
}

function withoutUndefined(change: Omit<Change, "planId">): Partial<PlanRow> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

const nameTaken = (name: string) => new AppError("conflict", "cleanup:plan_name_taken", { name });
const notFound = (planId: string) => new AppError("not_found", "cleanup:plan_not_found", { planId });
