import { featurePlans, type PlanFeature } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { planHas } from "./billing.ts";
import { loadBilling } from "./load-billing.ts";

/** Refuses with `plan_required`, naming the plan, when the account's plan lacks the feature. */
export async function requirePlan(context: Context, feature: PlanFeature): Promise<void> {
  const { plan } = await loadBilling(context);
  if (!planHas(plan, feature)) {
    throw new AppError("plan_required", `billing:plan_required_${featurePlans[feature]}`, { feature, plan });
  }
}

/** Refuses with `plan_required` in an account without marketing contacts. */
export async function requireMarketingContacts(context: Context): Promise<void> {
  const { marketingEnabled } = await loadBilling(context);
  if (!marketingEnabled) throw new AppError("plan_required", "billing:marketing_contacts_missing");
}
