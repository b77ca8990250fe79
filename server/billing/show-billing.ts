import type { z } from "zod";
import type { showBilling as endpoint, UpdateReason } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import type { Billing } from "./billing.ts";
import { loadBilling } from "./load-billing.ts";
import { selectPrices } from "./queries.ts";
import { monthlyPrice } from "./tier.ts";
import { nextRenewalAfter, nextUpdateAfter, previousUpdateInstant, type Update } from "./update-instant.ts";

type Reply = z.input<typeof endpoint.reply>;

/** The account's plan and calendar; prices only for those who may see billing. */
export async function showBilling(context: Context): Promise<Reply> {
  const billing = await loadBilling(context);
  const { plan, counting, marketingEnabled, calendar, contactLimit, maximum, policy, currency, now } =
    billing;
  return {
    plan,
    counting,
    term: calendar.term,
    marketingEnabled,
    timeZone: calendar.timeZone,
    renewalOn: calendar.anchor,
    tier: contactLimit,
    contactLimit,
    maximum,
    policy,
    currency,
    periodStart: previousUpdateInstant(calendar, now).toISOString(),
    nextUpdate: shown(nextUpdateAfter(calendar, now)),
    nextRenewal: shown(nextRenewalAfter(calendar, now)),
    price: await priceShown(context, billing),
  };
}

async function priceShown({ db, actor }: Context, billing: Billing): Promise<Reply["price"]> {
  if (billing.contactLimit === null || !actor.permissions.has("billing.view")) return null;
  const prices = await selectPrices(db, billing.plan, billing.currency);
  if (prices === undefined) return null;
  return { amount: monthlyPrice(prices, billing.tier), example: prices.example };
}

function shown({ instant, day, reason }: Update): { instant: string; day: string; reason: UpdateReason } {
  return { instant: instant.toISOString(), day, reason };
}
