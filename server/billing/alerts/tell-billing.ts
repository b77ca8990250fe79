import { isMailConfigured } from "#server/accounts/mail/mail-settings.ts";
import { notify } from "#server/accounts/notices/notify.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { enqueue } from "#server/platform/job.ts";
import { selectContacts } from "./queries.ts";

export interface BillingNotice {
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly link: string;
  readonly mail: boolean;
}

/** Tells the people with Billing, and by mail the confirmed addresses outside too, in the caller's transaction. */
export function tellBilling(context: Context, notice: BillingNotice): Promise<void> {
  return inTransaction(context, async (context) => {
    await notify(context, { ...notice, to: { permission: "billing.edit" } });
    if (!notice.mail || !(await isMailConfigured(context))) return;
    const contacts = (await selectContacts(context)).filter(({ confirmedAt }) => confirmedAt !== null);
    if (contacts.length === 0) return;
    const since = (await context.clock.now(context.db)).toISOString();
    for (const { id } of contacts) {
      const { key, details, link } = notice;
      await enqueue(context, {
        name: "billing.mail-contact",
        payload: { contactId: id, key, details, link, since },
      });
    }
  });
}
