import { notify } from "#server/accounts/notices/notify.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { localDate, nextUpdateInstant } from "#server/billing/update-instant.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { momentBefore } from "../plans/cleanup-plan.ts";
import { showCleaning } from "../show-cleaning.ts";
import { keepSaid, selectAccountsWithUsage, selectReminderDays, wasSaid } from "./queries.ts";

/** Tells people some days before an update how many could still go, once; nobody to go: nothing is said. */
export async function sendReminders(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsWithUsage(context), remind);
}

/** The same for the account at hand. */
export function remind(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    const { calendar, now, marketingEnabled } = await loadBilling(context);
    const amount = await selectReminderDays(context);
    const updateAt = nextUpdateInstant(calendar, now);
    if (!marketingEnabled || amount === null) return;
    if (now < momentBefore(updateAt, { amount, unit: "days" }, calendar.timeZone)) return;
    if (await wasSaid(context, "reminder", updateAt)) return;
    const { total: count } = await showCleaning(context);
    if (!(await keepSaid(context, { kind: "reminder", updateAt, details: { count } })) || count === 0) return;
    await notify(context, {
      to: { permission: "marketing-contacts.edit" },
      key: "marketing-contacts:notice_reminder",
      details: { count, day: lastDay(updateAt, calendar.timeZone), date: updateAt.toISOString() },
      link: "/marketing-contacts/manage",
      mail: true,
    });
  });
}

/** The last day on which a change still takes effect with this update. */
function lastDay(updateAt: Date, timeZone: string): string {
  return localDate(new Date(updateAt.getTime() - 1), timeZone);
}
