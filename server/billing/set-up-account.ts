import type { z } from "zod";
import type { Plan, setUp } from "#contract/billing.ts";
import type { Language } from "#contract/languages.ts";
import { createInstallation } from "#server/accounts/create-installation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { currencyCode, requirePrices, requireTier, requireTimeZone } from "./billing.ts";
import { requireMaximum } from "./growth-policy.ts";
import { type BillingSettings, selectIncluded, selectPrices, upsertBilling } from "./queries.ts";
import { renewalAnchor } from "./renewal-anchor.ts";
import { localDate, nextUpdateInstant } from "./update-instant.ts";

type Input = z.output<typeof setUp.input>;

const CURRENCIES: Record<Language, string> = { en: "EUR", sv: "SEK", pl: "PLN" };

/**
 * The first set-up by the one-time link, or a further account by the command line: login, account, and what its
 * count is for. Refuses an unknown zone, currency, tier or renewal day with `invalid_input` before anything is made.
 */
export async function setUpAccount(context: Context, input: Input): Promise<z.input<typeof setUp.reply>> {
  requireTimeZone(input.timeZone);
  return inTransaction(context, async (context) => {
    const now = await context.clock.now(context.db);
    const settings = await settingsOf(context, input, localDate(now, input.timeZone));
    const { userId, accountId } = await createInstallation(context, {
      ...input,
      name: input.name ?? nameFrom(input.email),
      accountName: input.account,
    });
    await upsertBilling({ ...context, accountId }, settings);
    const calendar = { term: settings.term, anchor: settings.renewalOn, timeZone: input.timeZone };
    return { userId, accountId, nextUpdate: nextUpdateInstant(calendar, now).toISOString() };
  });
}

async function settingsOf({ db }: Context, input: Input, today: string): Promise<BillingSettings> {
  const { counting, term, renewal, marketingContacts, policy, maximum } = input;
  const plan = planOf(input);
  const currency = currencyCode(input.currency ?? CURRENCIES[input.language]);
  const prices = (await selectPrices(db, plan, currency)) ?? null;
  requirePrices({ counting, prices }, currency);
  const tier = input.tier ?? prices?.included ?? (await selectIncluded(db, plan)) ?? 1000;
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
function planOf({ plan, counting }: Input): Plan {
  if (plan !== undefined) return plan;
  if (counting === "count") return "enterprise";
  throw new AppError("invalid_input", "billing:plan_missing");
}

function nameFrom(email: string): string {
  return email.split("@")[0] ?? email;
}
