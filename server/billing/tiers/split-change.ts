import { type Counting, type Plan, plans } from "#contract/billing.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Billing } from "../billing.ts";

/** What somebody wants plan and tier to be; what is left out stays. */
export interface PlanWish {
  readonly plan?: Plan | undefined;
  readonly counting?: Counting | undefined;
  readonly tier?: number | undefined;
  readonly currency?: string | undefined;
  /** `now` lowers at once, to put right what was entered; without it a lowering is booked. */
  readonly when?: "now" | "booked" | undefined;
}

export interface Split {
  /** What is done at once. */
  readonly plan: Plan;
  /** Undefined: whatever keeps the room in the plan's prices. */
  readonly tier: number | undefined;
  /** Lowered at once, by hand: put right. */
  readonly corrects: boolean;
  readonly booked: { readonly plan: Plan | null; readonly tier: number | null };
}

/**
 * Up is done at once, down is booked: the plan for the renewal, the tier for when the price book lets it fall. Who
 * starts or ends paying, or pays in another currency, agrees on everything anew, at once.
 */
export function splitChange(billing: Billing, wish: PlanWish): Split {
  const { plan = billing.plan, tier } = wish;
  const lowerPlan = isLower(plan, billing.plan);
  const lowerTier = tier !== undefined && tier < billing.tier;
  const lowers = !isAgreedAnew(billing, wish) && (lowerPlan || lowerTier);
  if (!lowers || wish.when === "now") {
    return { plan, tier, corrects: lowers, booked: { plan: null, tier: null } };
  }
  const [atOnce, later] = lowerPlan ? [billing.plan, plan] : [plan, null];
  const [tierAtOnce, tierLater] = lowerTier ? [undefined, tier] : [tier, null];
  return { plan: atOnce, tier: tierAtOnce, corrects: false, booked: { plan: later, tier: tierLater } };
}

function isAgreedAnew(billing: Billing, { counting, currency }: PlanWish): boolean {
  const isOther =
    (counting ?? billing.counting) !== billing.counting ||
    (currency ?? billing.currency) !== billing.currency;
  return isOther || billing.counting === "count";
}

function isLower(plan: Plan, than: Plan): boolean {
  return plans.indexOf(plan) < plans.indexOf(than);
}

interface Correction {
  readonly split: Split;
  readonly counting: Counting;
  readonly tier: number;
  readonly usage: number;
  readonly operator: boolean;
}

/** Who is billed by the price book cannot lower at once by themselves, and nobody below what counts. */
export function requireCorrection({ split, counting, tier, usage, operator }: Correction): void {
  if (!split.corrects) return;
  if (counting === "clients" && !operator) throw new AppError("not_allowed", "billing:lowering_now_operator");
  if (usage > tier) throw new AppError("invalid_input", "billing:tier_below_usage", { tier, usage });
}
