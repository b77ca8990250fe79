import { thresholds } from "#server/billing/alerts/limit-alert.ts";
import type { Growth } from "#server/billing/growth-policy.ts";
import { type HeldGuard, heldGuard, isNear } from "#server/billing/guard/margin.ts";
import type { Context } from "#server/platform/context.ts";
import { type GrowthRow, selectGrowth } from "./queries.ts";

export interface GrowthNow extends Growth {
  readonly usage: number;
  readonly hasHeld: boolean;
  /** The account's currency, where the price book has prices in it. */
  readonly currency: string | null;
  readonly example: boolean;
  /** So close to the limit or maximum that raises have to come one after the other. */
  readonly isNear: boolean;
  /** So close below a share of the limit that people are told of that raises under way may be crossing it. */
  readonly isNearShare: boolean;
  /** What this transaction has of the guard already. */
  readonly guard: HeldGuard;
}

/** The account's limits and usage at this moment; exact while the guard row is held alone. */
export async function loadGrowth(context: Context): Promise<GrowthNow> {
  const row = await selectGrowth(context);
  const { policy, contactLimit, maximum, prices, usage, hasHeld } = row;
  const isPriced = prices !== null && prices.currency === row.currency;
  return {
    policy,
    contactLimit,
    maximum,
    prices,
    usage,
    hasHeld,
    currency: isPriced ? row.currency : null,
    example: prices?.example ?? false,
    isNear: isNear(topOf(row) - usage, row.writers),
    isNearShare: sharesAbove(row).some((share) => isNear(share - usage, row.writers)),
    guard: heldGuard(row.guard, context.accountId),
  };
}

function sharesAbove({ contactLimit, usage }: GrowthRow): number[] {
  if (contactLimit === null) return [];
  return thresholds.map((threshold) => (threshold * contactLimit) / 100).filter((share) => share > usage);
}

/** What usage must not pass by itself, the nearer of limit and maximum. */
function topOf({ contactLimit, maximum }: GrowthRow): number {
  return Math.min(contactLimit ?? Number.POSITIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY);
}
