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
  const { plan = billing.plan, counting = billing.counting, currency = billing.currency } = wish;
  const nothing = { plan: null, tier: null };
  const [lowerPlan, lowerTier] = [isLower(plan, billing.plan), (wish.tier ?? billing.tier) < billing.tier];
  const anew = counting !== billing.counting || currency !== billing.currency;
  if (anew || counting === "count") return { plan, tier: wish.tier, corrects: false, booked: nothing };
  if (wish.when === "now" || !(lowerPlan || lowerTier)) {
    return { plan, tier: wish.tier, corrects: lowerPlan || lowerTier, booked: nothing };
  }
  return {
    plan: lowerPlan ? billing.plan : plan,
    tier: lowerTier ? undefined : wish.tier,
    corrects: false,
    booked: { plan: lowerPlan ? plan : null, tier: lowerTier ? (wish.tier ?? null) : null },
  };
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
