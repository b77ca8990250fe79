import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { saveReminderDays, selectReminderDays } from "./queries.ts";

interface Reminder {
  /** Whole days before the update date; null: none. */
  readonly reminderDays: number | null;
}

export async function showReminder(context: Context): Promise<Reminder> {
  return { reminderDays: await selectReminderDays(context) };
}

export function changeReminder(context: Context, { reminderDays }: Reminder): Promise<Reminder> {
  return inTransaction(context, async (context) => {
    await saveReminderDays(context, reminderDays);
    await recordEvent(context, { type: "cleanup.reminder_changed", details: { reminderDays } });
    return { reminderDays };
  });
}
