import type { Context } from "#server/platform/context.ts";
import { loadBilling } from "./load-billing.ts";
import { selectPrices } from "./queries.ts";
import { monthlyPrice, tierFor } from "./tier.ts";
import { nextRenewalAfter, nextUpdateAfter } from "./update-instant.ts";

interface TierEffect {
  readonly now: number;
  /** The lowest tier that fits, never above the present one. */
  readonly after: number;
  /** By the price book: a tier falls with the next update or only at renewal. */
  readonly falls: "update" | "renewal";
  readonly fallsAt: string;
  /** A month's prices in minor units; null for those who may not see billing. */
  readonly price: {
    readonly now: number;
    readonly after: number;
    readonly currency: string;
    readonly example: boolean;
  } | null;
}

/**
 * Which tier would do for so many marketing contacts from the next update on, what that costs, and when the price
 * falls. Null where there is no tier, or the price book does not have this plan and currency.
 */
export async function tierEffect(context: Context, contacts: number): Promise<TierEffect | null> {
  const { plan, currency, calendar, contactLimit, now } = await loadBilling(context);
  const prices = contactLimit === null ? undefined : await selectPrices(context.db, plan, currency);
  if (contactLimit === null || prices === undefined) return null;
  const after = Math.min(contactLimit, tierFor(prices, contacts) ?? contactLimit);
  const falls = prices.tierFalls;
  const at = falls === "update" ? nextUpdateAfter(calendar, now) : nextRenewalAfter(calendar, now);
  const mayPrice = context.actor.permissions.has("billing.view");
  const price = {
    now: monthlyPrice(prices, contactLimit),
    after: monthlyPrice(prices, after),
    currency,
    example: prices.example,
  };
  return {
    now: contactLimit,
    after,
    falls,
    fallsAt: at.instant.toISOString(),
    price: mayPrice ? price : null,
  };
}

interface Difference {
  readonly amount: number;
  readonly currency: string;
  readonly example: boolean;
}

/** What the tier that fits less usage costs less in a month, in minor units; null where there is no price. */
export async function priceDifference(
  context: Context,
  { before, after }: { before: number; after: number },
): Promise<Difference | null> {
  const { plan, currency, contactLimit } = await loadBilling(context);
  const prices = contactLimit === null ? undefined : await selectPrices(context.db, plan, currency);
  if (prices === undefined) return null;
  const [high, low] = [tierFor(prices, before), tierFor(prices, after)];
  if (high === null || low === null) return null;
  const amount = Math.max(0, monthlyPrice(prices, high) - monthlyPrice(prices, low));
  return { amount, currency, example: prices.example };
}
