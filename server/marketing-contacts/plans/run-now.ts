import { requirePlan } from "#server/billing/require-plan.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { startStatusFor } from "#server/marketing-status/bulk/start-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { chosenContacts } from "../wizard/choose-contacts.ts";
import { chosenOf } from "../wizard/cleanup-choice.ts";
import { reviewChoice } from "../wizard/review-choice.ts";
import { nextMoments } from "./plan-calendar.ts";
import { lockPlan, type PlanRow, selectPlans, writeRunByHand } from "./queries.ts";

/** The plan with this number or name. */
export async function findPlan(context: Context, typed: string): Promise<PlanRow> {
  const plans = await selectPlans(context);
  const named = ({ name }: PlanRow) => name.toLowerCase() === typed.toLowerCase();
  const plan = plans.find(({ id }) => id === typed) ?? plans.find(named);
  if (plan === undefined) throw notFound(typed);
  return plan;
}

/** What carrying a plan out now would do. */
export async function previewPlan(
  context: Context,
  { planId }: { planId: string },
): ReturnType<typeof reviewChoice> {
  const { choice } = await findPlan(context, planId);
  return reviewChoice(context, choice);
}

/**
 * Carries a plan out ahead of its time, once before each update, with the rights of whoever says so. Refused where it has
 * been carried out for this update already, and with the true number when another was confirmed.
 */
export function runPlanNow(
  context: Context,
  { planId, expect }: { planId: string; expect: number | null },
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const plan = await lockPlan(context, planId, "wait");
    if (plan === undefined) throw notFound(planId);
    await requirePlan(context, "planned-cleanups");
    const chosen = chosenOf(plan.choice);
    const { operationId } = await startStatusFor(context, {
      scope: await chosenContacts(context, chosen),
      to: "non_marketing",
      includeProtected: true,
      expect,
      params: { cleanup: { planId, name: plan.name, ...chosen } },
      source: { sourceType: "USER_SET", sourceId: context.actor.id },
    });
    const moments = await nextMoments(context, plan);
    if (!(await writeRunByHand(context, { planId, operationId, ...moments })))
      throw new AppError("conflict", "cleanup:run_started", { planId });
    await recordEvent(context, { type: "cleanup_plan.run", operationId, details: { planId } });
    return { operationId };
  });
}

function notFound(planId: string): AppError {
  return new AppError("not_found", "cleanup:plan_not_found", { planId });
}
