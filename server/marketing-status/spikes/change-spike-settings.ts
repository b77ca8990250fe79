import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { saveSpikeSettings, selectSpikeSettings } from "./queries.ts";
import type { SpikeSettings } from "./spike-guard.ts";

export function showSpikeSettings(context: Context): Promise<SpikeSettings> {
  return selectSpikeSettings(context);
}

/** From how many contacts an hour on a source is paused: the larger of a share of usage and a number. */
export function changeSpikeSettings(context: Context, settings: SpikeSettings): Promise<SpikeSettings> {
  return inTransaction(context, async (context) => {
    const before = await selectSpikeSettings(context);
    await saveSpikeSettings(context, settings);
    await recordEvent(context, {
      type: "marketing.spike_guard_changed",
      details: { before, after: settings },
    });
    return settings;
  });
}
