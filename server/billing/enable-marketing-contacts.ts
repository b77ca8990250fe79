import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { flatSettings } from "./billing-settings.ts";
import { lockGuard } from "./guard/lock-guard.ts";
import { loadBilling } from "./load-billing.ts";
import { lockBilling, upsertBilling } from "./queries.ts";

/**
 * Gives the account marketing contacts, or takes them, with one event. What becomes of its contacts is the caller's.
 * Returns whether anything changed: twice is once.
 */
export function switchMarketingContacts(context: Context, enabled: boolean): Promise<boolean> {
  return inTransaction(context, async (context) => {
    // Raises that are being made are waited for: whoever they raise is among those who are lost.
    await lockGuard(context);
    await lockBilling(context, "change");
    const billing = await loadBilling(context);
    if (billing.marketingEnabled === enabled) return false;
    await upsertBilling(context, { ...flatSettings(billing), marketingEnabled: enabled });
    const type = enabled ? "marketing_contacts.enabled" : "marketing_contacts.lost";
    await recordEvent(context, { type, details: { source: enabled ? "INITIAL_STATE" : "USER_SET" } });
    return true;
  });
}
