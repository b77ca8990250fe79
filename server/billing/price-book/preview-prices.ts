import type { z } from "zod";
import type { previewPrices as endpoint } from "#contract/price-book.ts";
import type { Context } from "#server/platform/context.ts";
import { selectPrices } from "../queries.ts";
import { isTier, monthlyPrice, tierFor } from "../tier.ts";
import { firstTiers, requireSound, withCurrency } from "./price-page.ts";
import { selectPayingAccounts } from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;

/** As many tiers as one looks through to see that the blocks mean what was meant. */
const TIERS_SHOWN = 12;

/**
 * What a page would change. An account whose tier is no step any more keeps its number and room, pays for the steps it
 * takes to hold it, and gets a tier of the page with its next rise or fall.
 */
export async function previewPrices(
  context: Context,
  input: z.output<typeof endpoint.input>,
): Promise<Reply> {
  const page = withCurrency(input);
  requireSound(page);
  const before = await selectPrices(context.db, page.plan, page.currency);
  const accounts = await selectPayingAccounts(context, page);
  const affected = accounts.map((account) => ({
    ...account,
    holds: tierFor(page, account.tier),
    priceBefore: before === undefined ? null : monthlyPrice(before, account.tier),
    priceAfter: monthlyPrice(page, account.tier),
  }));
  const isWithout = ({ tier }: { tier: number }) => !isTier(page, tier);
  return {
    accounts: accounts.length,
    withoutStep: affected.filter((account) => isWithout(account) && account.counting === "clients"),
    repriced: affected.filter((account) => !isWithout(account) && account.priceBefore !== account.priceAfter),
    tiers: firstTiers(page, TIERS_SHOWN).map((tier) => ({ tier, price: monthlyPrice(page, tier) })),
  };
}
