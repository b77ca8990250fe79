import { notify } from "#server/accounts/notices/notify.ts";
import { recordEvent } from "#server/events/record-event.ts";
import type { Context } from "#server/platform/context.ts";
import { countHeld, heldWithinHour } from "./queries.ts";

interface Held {
  readonly contacts: number;
  readonly sourceType: string;
  readonly sourceId?: string | null | undefined;
  readonly operationId?: string | null | undefined;
}

/**
 * Records that raises were held and tells the people with Billing at once: for each source the first time, and again
 * when it goes on after an hour, so that a busy form does not send a mail for every person.
 */
export async function tellHeld(context: Context, held: Held): Promise<void> {
  const { contacts, sourceType, sourceId = null, operationId = null } = held;
  await recordEvent(context, {
    type: "marketing.held",
    operationId,
    details: { contacts, sourceType, sourceId },
  });
  if (await heldWithinHour(context, { sourceType, sourceId })) return;
  await notify(context, {
    to: { permission: "billing.edit" },
    key: "marketing-status:notice_held",
    details: { count: await countHeld(context) },
    link: "/billing?tab=review",
    mail: true,
  });
}
