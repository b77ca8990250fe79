import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { loadBilling } from "./load-billing.ts";
import { type BillingSettings, lockBilling, upsertBilling } from "./queries.ts";

/** Gives the account marketing contacts. Everybody stays non-marketing until set as marketing. Twice is once. */
export function enableMarketingContacts(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockBilling(context, "change");
    const { plan, counting, tier, currency, calendar, marketingEnabled, policy, maximum } =
      await loadBilling(context);
    if (marketingEnabled) return;
    const { term, anchor: renewalOn } = calendar;
    const settings: BillingSettings = {
      plan,
      counting,
      tier,
      currency,
      policy,
      maximum,
      term,
      renewalOn,
      marketingEnabled: true,
    };
    await upsertBilling(context, settings);
    await recordEvent(context, { type: "marketing_contacts.enabled", details: { source: "INITIAL_STATE" } });
  });
}
