import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { tellBilling } from "../alerts/tell-billing.ts";
import { loadBilling } from "../load-billing.ts";
import { lockTier } from "../queries.ts";
import { lookAhead } from "./look-ahead.ts";
import { selectAccountsWithTier, selectClock, updateAnnounced } from "./queries.ts";

/** How long before a tier falls people hear of it. */
const AHEAD_MS = 30 * 24 * 3_600_000;

/** Tells people with Billing, once, that the tier falls within 30 days, while they can still choose otherwise. */
export async function announceFalls(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsWithTier(context), announceFall);
}

function announceFall(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockTier(context);
    const billing = await loadBilling(context);
    const { fall } = await lookAhead(context, billing);
    const at = fall.update.instant;
    if (fall.kept !== null || at.getTime() - billing.now.getTime() > AHEAD_MS) return;
    const clock = await selectClock(context);
    if (clock?.announcedAt?.getTime() === at.getTime()) return;
    await updateAnnounced(context, { at, tier: fall.to });
    const details = { from: billing.tier, to: fall.to, usage: fall.usage, date: at.toISOString() };
    await tellBilling(context, { key: "billing:notice_tier_falls", details, link: "/billing", mail: true });
  });
}
