import { plans } from "#contract/billing.ts";
import { notify } from "#server/accounts/notices/notify.ts";
import { planHas } from "#server/billing/billing.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { hearWorkflows } from "../triggers/hear-workflows.ts";
import { pauseForPlan, selectBeyondPlan } from "./queries.ts";

/** Pauses what an account's plan does not have any more, however the plan came to fall. */
export async function followPlans(context: Context): Promise<void> {
  const having = plans.filter((plan) => planHas(plan, "workflows"));
  const accountIds = await selectBeyondPlan(context, having);
  await eachAccount(context, accountIds, followPlan);
}

/**
 * Everybody stays where they are; nobody enters and nothing is heard until the plan has workflows again and a person
 * lets each go on. Those who manage users are told once.
 */
function followPlan(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    const { plan } = await loadBilling(context);
    if (planHas(plan, "workflows")) return;
    const paused = await pauseForPlan(context);
    if (paused.length === 0) return;
    await hearWorkflows(context);
    for (const { id } of paused)
      await recordEvent(context, { type: "workflow.paused", details: { workflowId: id, reason: "plan" } });
    await notify(context, {
      to: { permission: "users.edit" },
      key: "workflows:notice_plan",
      details: { count: paused.length, workflows: paused.map(({ name }) => name).join(", ") },
      link: "/workflows",
      mail: true,
    });
  });
}
