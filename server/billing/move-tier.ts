import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import type { Billing } from "./billing.ts";
import { loadBilling } from "./load-billing.ts";
import { insertTierChange, lockTier, selectPrices, type TierChangeWhy, updateTier } from "./queries.ts";
import { monthlyPrice } from "./tier.ts";

interface Move {
  readonly tier: number;
  readonly why: TierChangeWhy;
  /** When it took effect; now, unless a missed instant is made up for. */
  readonly at?: Date;
}

/**
 * Sets the contact tier at once, in the caller's transaction, and keeps the change with the month's price before and
 * after. Moving to the tier it is changes nothing. Whether the tier may be is the caller's to judge.
 */
export function moveTier(context: Context, { tier, why, at }: Move): Promise<{ from: number; to: number }> {
  return inTransaction(context, async (context) => {
    await lockTier(context);
    const before = await loadBilling(context);
    if (before.tier === tier) return { from: tier, to: tier };
    await updateTier(context, tier);
    await keepTierChange(context, { before, after: { ...before, tier }, why, at: at ?? before.now });
    return { from: before.tier, to: tier };
  });
}

interface Kept {
  readonly before: Billing;
  readonly after: Pick<Billing, "plan" | "tier" | "currency" | "counting">;
  readonly why: TierChangeWhy;
  readonly at: Date;
}

/** Adds to the tier history and to the audit trail. */
export async function keepTierChange(context: Context, { before, after, why, at }: Kept): Promise<void> {
  const [priceBefore, priceAfter] = [await priceOf(context, before), await priceOf(context, after)];
  await insertTierChange(context, {
    at,
    why,
    planBefore: before.plan,
    planAfter: after.plan,
    tierBefore: before.tier,
    tierAfter: after.tier,
    priceBefore,
    priceAfter,
    currency: after.currency,
  });
  const details = { why, at, from: before.tier, to: after.tier, plan: after.plan, planBefore: before.plan };
  await recordEvent(context, { type: "billing.tier_changed", details });
}

/** A month's price in minor units; null where no money is shown or the price book has none. */
async function priceOf({ db }: Context, billing: Kept["after"]): Promise<number | null> {
  if (billing.counting === "count") return null;
  const prices = await selectPrices(db, billing.plan, billing.currency);
  return prices === undefined ? null : monthlyPrice(prices, billing.tier);
}
