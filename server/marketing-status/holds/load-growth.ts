import type { Growth } from "#server/billing/growth-policy.ts";
import { CHUNK_SIZE } from "#server/operations/operation.ts";
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
    isNear: isNear(row),
  };
}

/**
 * Raises that share the guard do not see each other's uncommitted contacts: a chunk each at most, and no more of them
 * than the server lets connect. Beyond that margin they cannot pass the limit together.
 */
function isNear({ contactLimit, maximum, usage, writers }: GrowthRow): boolean {
  const top = Math.min(contactLimit ?? Number.POSITIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY);
  return top - usage <= CHUNK_SIZE * (writers + 1);
}
