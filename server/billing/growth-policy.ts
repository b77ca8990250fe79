import type { Policy } from "#contract/billing.ts";
import { AppError } from "#server/platform/errors.ts";
import { monthlyPrice, type Prices, tierFor } from "./tier.ts";

/** What growth is measured by. `prices` is the price book's page of the plan; null where it has none. */
export interface Growth {
  readonly policy: Policy;
  /** Null for those who just count: the policy does not apply, a maximum still does. */
  readonly contactLimit: number | null;
  readonly maximum: number | null;
  readonly prices: Prices | null;
}

/** What a raise would pass: the contact limit, which approval may pass, or the maximum, which nothing may. */
export type Barrier = "limit" | "maximum";

export interface Room {
  /** How many more contacts may count now; the rest is held or refused. */
  readonly contacts: number;
  readonly barrier: Barrier;
  readonly beyond: "held" | "refused";
  /** The tier that has to be moved up to first, when all of them are raised; null when the present one fits. */
  readonly tier: number | null;
}

/** Nobody stores more people than this; a page without end has no tier beyond it. */
const EVERYBODY = 1_000_000_000;

/**
 * How a raise of so many contacts ends: `contacts` of them fit. *Hold* and *refuse* stop at the contact limit, *move up*
 * at the last tier of the price book, and all of them at the maximum. Null when nothing stops a raise.
 */
export function roomFor(growth: Growth, usage: number, raise: number): Room | null {
  const { policy, contactLimit, maximum } = growth;
  const limit = policy === "move_up" ? highestTier(growth) : contactLimit;
  const top = Math.min(limit ?? Number.POSITIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY);
  if (top === Number.POSITIVE_INFINITY) return null;
  const contacts = Math.max(0, top - usage);
  return {
    contacts,
    barrier: maximum !== null && maximum <= (limit ?? Number.POSITIVE_INFINITY) ? "maximum" : "limit",
    beyond: policy === "refuse" ? "refused" : "held",
    tier: tierNeeded(growth, usage + Math.min(raise, contacts)),
  };
}

/** Where moving up ends: the last tier of the price book, or the present one where there is no page to go by. */
function highestTier({ contactLimit, prices }: Growth): number | null {
  if (contactLimit === null) return null;
  if (prices === null) return contactLimit;
  const last = prices.blocks.at(-1);
  if (last !== undefined && last.to === null) return EVERYBODY;
  return Math.max(contactLimit, last?.to ?? prices.included);
}

/** The lowest tier above the present one that so many contacts need; null when they fit, or when there is none. */
export function tierNeeded({ contactLimit, prices }: Growth, usage: number): number | null {
  if (contactLimit === null || usage <= contactLimit || prices === null) return null;
  return tierFor(prices, usage);
}

/** Approval may pass the limit, by a step of the price book, but never the maximum. */
export function roomForApproval(growth: Growth, usage: number): Omit<Room, "tier" | "beyond"> | null {
  const room = roomFor({ ...growth, policy: "move_up" }, usage, 0);
  return room === null ? null : { contacts: room.contacts, barrier: room.barrier };
}

/** What a month costs more or less with another tier, in minor units; null without a page of the price book. */
export function tierPrices(
  { contactLimit, prices }: Growth,
  tier: number | null,
): { before: number; after: number } | null {
  if (contactLimit === null || prices === null) return null;
  return {
    before: monthlyPrice(prices, contactLimit),
    after: monthlyPrice(prices, tier ?? contactLimit),
  };
}

/** Refuses what cannot be a maximum. It may lie below the contact limit, or far above. */
export function requireMaximum(maximum: number | null): void {
  if (maximum === null) return;
  if (!Number.isInteger(maximum) || maximum < 0 || maximum > EVERYBODY) {
    throw new AppError("invalid_input", "billing:maximum_impossible", { maximum });
  }
}
