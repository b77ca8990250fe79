import type { UseFormReturnType } from "@mantine/form";
import type { Counting, Plan, Policy, Term } from "../../contract/billing.ts";
import type { Input } from "../api.ts";
import type { Billing } from "./billing-query.ts";

interface BillingValues {
  counting: Counting;
  plan: Plan;
  /** Empty while nothing is typed. */
  tier: number | string;
  currency: string;
  policy: Policy;
  /** Empty: none. */
  maximum: number | string;
  term: Term;
  renewalOn: string;
  timeZone: string;
}

export type BillingForm = UseFormReturnType<BillingValues>;

export function formValues(billing: Billing): BillingValues {
  const { counting, plan, tier, currency, policy, maximum, term, renewalOn, timeZone } = billing;
  const numbers = { tier: tier ?? "", maximum: maximum ?? "" };
  return { counting, plan, currency, policy, term, renewalOn, timeZone, ...numbers };
}

/** Only what was changed travels: what somebody else changes meanwhile stays. */
export function billingChange(billing: Billing, values: BillingValues): Input<"PATCH /api/billing"> {
  const { tier, maximum, ...others } = values;
  const before: Record<string, unknown> = { ...formValues(billing) };
  const changed = Object.entries(others).filter(([name, value]) => value !== before[name]);
  const withTier =
    tier !== "" && tier !== before["tier"] && values.counting !== "count" ? { tier: Number(tier) } : {};
  const withMaximum =
    maximum === before["maximum"] ? {} : { maximum: maximum === "" ? null : Number(maximum) };
  return { ...Object.fromEntries(changed), ...withTier, ...withMaximum };
}
