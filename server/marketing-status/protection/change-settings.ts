import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { saveScheduleProtected, schedulesProtected } from "./queries.ts";

interface Settings {
  /** Contacts that become protected are set as non-marketing by themselves. */
  readonly scheduleProtected: boolean;
}

export async function showMarketingSettings(context: Context): Promise<Settings> {
  return { scheduleProtected: await schedulesProtected(context) };
}

/** Concerns what happens from now on; what is scheduled already stays so. */
export function changeMarketingSettings(
  context: Context,
  { scheduleProtected }: Settings,
): Promise<Settings> {
  return inTransaction(context, async (context) => {
    const before = await schedulesProtected(context);
    if (before !== scheduleProtected) {
      await saveScheduleProtected(context, scheduleProtected);
      await recordEvent(context, {
        type: "marketing-status.settings_changed",
        details: { scheduleProtected },
      });
    }
    return { scheduleProtected };
  });
}
