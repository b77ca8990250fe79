import type { Billing } from "./billing.ts";
import type { BillingSettings } from "./queries.ts";

/** What is stored of how an account counts and pays. */
export function flatSettings({
  plan,
  counting,
  tier,
  currency,
  policy,
  maximum,
  ...billing
}: Billing): BillingSettings {
  return {
    plan,
    counting,
    tier,
    currency,
    policy,
    maximum,
    marketingEnabled: billing.marketingEnabled,
    term: billing.calendar.term,
    renewalOn: billing.calendar.anchor,
  };
}
