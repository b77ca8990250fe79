import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { lockTier } from "../queries.ts";
import { deleteBooking } from "./queries.ts";

/** Forgets the plan booked for the renewal; harmless when there is none. */
export function cancelPlanBooking(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockTier(context);
    await deleteBooking(context, "plan");
    await recordEvent(context, { type: "billing.plan_booking_cancelled" });
  });
}
