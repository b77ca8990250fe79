import type { Counting } from "#contract/billing.ts";
import { isTier, type Prices, tierFor } from "../tier.ts";

/** What decides where a contact tier goes when it may fall. */
export interface FallQuestion {
  readonly counting: Counting;
  readonly tier: number;
  /** The price book's page of the plan and currency; null where it has none. */
  readonly prices: Prices | null;
  /** Chosen by hand: a tier, or null to stay. Undefined: the lowest that fits is taken. */
  readonly booked: number | null | undefined;
}

/** Why a tier stays: nobody lower holds the count, it was cancelled, the booked tier is too low, or no prices say which. */
type Kept = "nothing_lower" | "cancelled" | "usage" | "no_prices";

export type Fall =
  | { readonly to: number; readonly kept: null }
  | { readonly to: number; readonly kept: Kept; readonly wanted: number | null };

/**
 * Where the tier goes with so many marketing contacts. Without a choice by hand it is the lowest tier that fits; a
 * vendor's tiers are only known where the price book has the present one. A choice that does not fit is not taken.
 */
export function decideFall({ counting, tier, prices, booked }: FallQuestion, usage: number): Fall {
  if (booked === null) return stay(tier, "cancelled");
  if (booked !== undefined) return decideBooked(tier, inBook({ counting, prices }, booked), usage);
  if (prices === null || (counting === "vendor" && !isTier(prices, tier))) return stay(tier, "no_prices");
  const lowest = tierFor(prices, usage);
  return lowest === null || lowest >= tier ? stay(tier, "nothing_lower") : { to: lowest, kept: null };
}

function decideBooked(tier: number, booked: number, usage: number): Fall {
  if (booked >= tier) return stay(tier, "nothing_lower");
  return usage > booked ? stay(tier, "usage", booked) : { to: booked, kept: null };
}

/** Prices may have been edited since a tier was booked: then the tier that holds it. */
function inBook({ counting, prices }: Pick<FallQuestion, "counting" | "prices">, booked: number): number {
  return sameRoom({ counting, prices }, booked) ?? booked;
}

function stay(tier: number, kept: Kept, wanted: number | null = null): Fall {
  return { to: tier, kept, wanted };
}

/**
 * The tier in a plan's prices that has at least the room of another: the same number where it is a tier there.
 * A vendor's tiers are kept as they are; null when the price book ends below.
 */
export function sameRoom(
  { counting, prices }: Pick<FallQuestion, "counting" | "prices">,
  tier: number,
): number | null {
  return counting === "clients" && prices !== null ? tierFor(prices, tier) : tier;
}
