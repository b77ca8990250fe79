import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Billing } from "./billing.ts";
import { type BillingRow, type BillingSettings, lockBilling, selectBilling } from "./queries.ts";
import { localDate, nextUpdateInstant, previousUpdateInstant } from "./update-instant.ts";

/** How the account counts and pays, and the present moment of its transaction. */
export async function loadBilling(context: Context): Promise<Billing & { readonly now: Date }> {
  const row = await selectBilling(context);
  if (row === undefined) throw new AppError("not_found", "billing:account_missing");
  const { plan, marketingEnabled, counting, term, renewalOn, tier, currency, maximum, policy } =
    row.settings ?? untouched(row);
  return {
    plan,
    counting,
    marketingEnabled,
    calendar: { term, anchor: renewalOn, timeZone: row.timeZone },
    tier,
    contactLimit: counting === "count" ? null : tier,
    maximum,
    policy,
    currency,
    now: row.now,
  };
}

/**
 * The next update instant of the account: when what is lowered now stops counting.
 * In a transaction the calendar stays as it is until the end.
 */
export async function nextUpdate(context: Context): Promise<Date> {
  if (context.db.isTransaction) await lockBilling(context, "share");
  const { calendar, now } = await loadBilling(context);
  return nextUpdateInstant(calendar, now);
}

/** The update instant that began the present period. */
export async function periodStart(context: Context): Promise<Date> {
  const { calendar, now } = await loadBilling(context);
  return previousUpdateInstant(calendar, now);
}

/** An account that was made without saying what its count is for just counts, monthly from the day it was made. */
function untouched({ createdAt, timeZone }: BillingRow): BillingSettings {
  return {
    plan: "enterprise",
    marketingEnabled: true,
    counting: "count",
    term: "monthly",
    renewalOn: localDate(createdAt, timeZone),
    tier: 10_000,
    currency: "EUR",
    policy: "hold",
    maximum: null,
  };
}
