import { AppError } from "#server/platform/errors.ts";
import { currencyCode } from "../billing.ts";
import type { PricePage } from "../queries.ts";
import { type Prices, priceProblem, tierAbove } from "../tier.ts";

/** Refuses a page that is not sound, naming the block (from 1), its field, and what would be right. */
export function requireSound(prices: Omit<PricePage, "example">): void {
  const found = priceProblem(prices);
  if (found === null) return;
  const { problem, block, field } = found;
  const expected = block > 1 ? (prices.blocks[block - 2]?.to ?? null) : prices.included;
  const { from, to, step } = prices.blocks[block - 1] ?? { from: null, to: null, step: null };
  throw new AppError("invalid_input", `billing:prices_${problem}`, {
    block,
    field,
    expected,
    from,
    to,
    step,
  });
}

/** The page's currency as its code; refuses what is none. */
export function withCurrency<Page extends { readonly currency: string }>(page: Page): Page {
  return { ...page, currency: currencyCode(page.currency) };
}

/** The first tiers of a page, lowest first. */
export function firstTiers(prices: Prices, count: number): number[] {
  const tiers: number[] = [];
  for (let tier: number | null = prices.included; tier !== null && tiers.length < count; ) {
    tiers.push(tier);
    tier = tierAbove(prices, tier);
  }
  return tiers;
}
