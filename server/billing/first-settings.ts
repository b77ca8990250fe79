import type { Counting, Plan, Policy, Term } from "#contract/billing.ts";
import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { currencyCode, requirePrices, requireTier } from "./billing.ts";
import { requireMaximum } from "./growth-policy.ts";
import { type BillingSettings, selectIncluded, selectPrices } from "./queries.ts";
import { renewalAnchor } from "./renewal-anchor.ts";

const CURRENCIES: Record<Language, string> = { en: "EUR", sv: "SEK", pl: "PLN" };

/** The answers about what an account's count is for. */
export interface Answers {
  readonly counting: Counting;
  readonly plan?: Plan | undefined;
  readonly term: Term;
  readonly renewal?: string | undefined;
  readonly tier?: number | undefined;
  readonly currency?: string | undefined;
  readonly policy: Policy;
  readonly maximum: number | null;
  readonly marketingContacts: boolean;
  readonly language: Language;
}

/** How a new account counts and pays. `today` is its local date. Refuses with `invalid_input` what cannot be. */
export async function firstSettings(
  { db }: Context,
  answers: Answers,
  today: string,
): Promise<BillingSettings> {
  const { counting, term, renewal, marketingContacts, policy, maximum } = answers;
  const plan = planOf(answers);
  const currency = currencyCode(answers.currency ?? CURRENCIES[answers.language]);
  const prices = (await selectPrices(db, plan, currency)) ?? null;
  requirePrices({ counting, prices }, currency);
  const tier = answers.tier ?? prices?.included ?? (await selectIncluded(db, plan)) ?? 1000;
  requireTier({ tier, counting, prices });
  requireMaximum(maximum);
  const renewalOn = renewalAnchor({ term, renewal, today });
  return {
    plan,
    counting,
    term,
    renewalOn,
    tier,
    currency,
    policy,
    maximum,
    marketingEnabled: marketingContacts,
  };
}

/** Those who just count lack nothing. */
function planOf({ plan, counting }: Answers): Plan {
  if (plan !== undefined) return plan;
  if (counting === "count") return "enterprise";
  throw new AppError("invalid_input", "billing:plan_missing");
}
