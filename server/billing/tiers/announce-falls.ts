import { notify } from "#server/accounts/notices/notify.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { loadBilling } from "../load-billing.ts";
import { lockTier } from "../queries.ts";
import { lookAhead } from "./look-ahead.ts";
import { selectAccountsWithTier, selectClock, updateAnnounced } from "./queries.ts";

/** How long before a tier falls people hear of it. */
const AHEAD_MS = 30 * 24 * 3_600_000;

/** Tells people with Billing, once, that the tier falls within 30 days, while they can still choose otherwise. */
export async function announceFalls(context: Context): Promise<void> {
  for (const accountId of await selectAccountsWithTier(context)) {
    if (context.signal?.aborted) return;
    await announceFall({ ...context, accountId });
  }
}

function announceFall(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockTier(context);
    const billing = await loadBilling(context);
    const { fall, now, atRenewal, atUpdate, falls } = await lookAhead(context, billing);
    const at = fall.update.instant;
    if (fall.kept !== null || at.getTime() - billing.now.getTime() > AHEAD_MS) return;
    const clock = await selectClock(context);
    if (clock?.announcedAt?.getTime() === at.getTime()) return;
    await updateAnnounced(context, { at, tier: fall.to });
    const later = falls === "update" ? atUpdate : atRenewal;
    const saves = later.price === null || now.price === null ? null : now.price - later.price;
    const key = saves === null ? "billing:notice_tier_falls" : "billing:notice_tier_falls_saving";
    const details = {
      from: billing.tier,
      to: fall.to,
      usage: fall.usage,
      date: at.toISOString(),
      ...(saves === null ? {} : { saving: moneyText(saves, billing.currency) }),
    };
    await notify(context, {
      to: { permission: "billing.edit" },
      key,
      details,
      link: "/billing",
      mail: true,
    });
  });
}

/** An amount in minor units with its code, as every language reads it: "225.00 EUR". */
function moneyText(amount: number, currency: string): string {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  const fraction = digits.maximumFractionDigits ?? 2;
  return `${(amount / 10 ** fraction).toFixed(fraction)} ${currency}`;
}
