import type { z } from "zod";
import { featurePlans, type PlanFeature } from "#contract/billing.ts";
import type { quoteBilling as endpoint } from "#contract/plans.ts";
import type { Context } from "#server/platform/context.ts";
import { currencyCode, planHas, requirePrices, requireTier } from "../billing.ts";
import { loadBilling } from "../load-billing.ts";
import { selectPrices } from "../queries.ts";
import { monthlyPrice } from "../tier.ts";
import { nextRenewalAfter } from "../update-instant.ts";
import { judgeSplit } from "./apply-split.ts";
import { selectScheduledUsage } from "./queries.ts";
import { costUntilRenewal } from "./term.ts";

/** What a change of plan or tier would cost and when it takes effect; refuses what the change itself would refuse. */
export async function quoteChange(
  context: Context,
  change: z.output<typeof endpoint.input>,
): Promise<z.input<typeof endpoint.reply>> {
  const billing = await loadBilling(context);
  const { calendar, now } = billing;
  const { counting = billing.counting } = change;
  const currency = currencyCode(change.currency ?? billing.currency);
  const wish = { ...change, counting, currency };
  const { plan, tier, prices, booked } = await judgeSplit(context, { billing, wish });
  requirePrices({ counting, prices }, currency);
  requireTier({ tier, counting, prices });
  const usage = await selectScheduledUsage(context, billing.now);
  const before = await priceOf(context, billing);
  const after = await priceOf(context, { plan, tier, currency, counting });
  const more = currency === billing.currency ? increase(before, after) : 0;
  const later = booked.find(({ what }) => what === "plan")?.plan ?? plan;
  return {
    currency,
    example: prices?.example ?? false,
    now: { plan: billing.plan, tier: billing.tier, usage, price: before },
    after: { plan, tier, usage, price: after },
    untilRenewal: more > 0 ? costUntilRenewal(calendar, now, more) : null,
    renewalDay: nextRenewalAfter(calendar, now).day,
    booked: await Promise.all(
      booked.map(async (change) => ({
        ...change,
        price: await priceOf(context, { ...change, currency, counting }),
      })),
    ),
    loses: (Object.keys(featurePlans) as PlanFeature[]).filter(
      (feature) => planHas(billing.plan, feature) && !planHas(later, feature),
    ),
  };
}

/** What starts or ends having a price is no increase. */
function increase(before: number | null, after: number | null): number {
  return before === null || after === null ? 0 : after - before;
}

interface Priced {
  readonly plan: Parameters<typeof selectPrices>[1];
  readonly tier: number;
  readonly currency: string;
  readonly counting: string;
}

async function priceOf({ db }: Context, { plan, tier, currency, counting }: Priced): Promise<number | null> {
  if (counting === "count") return null;
  const prices = await selectPrices(db, plan, currency);
  return prices === undefined ? null : monthlyPrice(prices, tier);
}
