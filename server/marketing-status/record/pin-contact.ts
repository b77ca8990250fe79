import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { endHeld } from "../holds/queries.ts";
import { deletePin, savePin } from "./queries.ts";
import { requireContact, showContactStatus } from "./show-contact-status.ts";

/** Always keep as marketing, never market to, or neither. The status itself stays as it is. */
export function pinContact(context: Context, { contactId, pin }: z.output<typeof contract.pinContact.input>) {
  return inTransaction(context, async (context) => {
    const before = await requireContact(context, contactId);
    if (before.pin !== pin) {
      if (pin === "never") {
        await lockGuard(context);
        await endHeld(context, { ids: [contactId], by: "pinned" });
      }
      await (pin ? savePin(context, { contactId, pin }) : deletePin(context, contactId));
      await recordEvent(context, {
        type: "contact.pinned",
        details: { contactId, from: before.pin, to: pin },
      });
    }
    return showContactStatus(context, { contactId });
  });
}
