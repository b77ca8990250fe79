import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { requireTier } from "../billing.ts";
import { loadBilling } from "../load-billing.ts";
import { lockTier, selectPrices } from "../queries.ts";
import { deleteBooking, upsertBooking } from "./queries.ts";

/** A lower tier, `stay`, or `lowest`: the lowest that fits, as without any choice. */
export type TierWish = number | "stay" | "lowest";

/** Says what the tier does when it may fall next. Whether a chosen tier fits is judged at that moment. */
export function bookTier(context: Context, wish: TierWish): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockTier(context);
    const { tier, counting, plan, currency } = await loadBilling(context);
    if (typeof wish === "number") {
      const prices = (await selectPrices(context.db, plan, currency)) ?? null;
      requireTier({ tier: wish, counting, prices });
      if (wish >= tier) throw new AppError("invalid_input", "billing:tier_not_lower", { wish, tier });
    }
    if (wish === "lowest") await deleteBooking(context, "tier");
    else await upsertBooking(context, { what: "tier", tier: wish === "stay" ? null : wish });
    await recordEvent(context, { type: "billing.tier_booked", details: { tier, wish } });
  });
}
