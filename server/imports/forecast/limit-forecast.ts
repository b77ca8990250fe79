import { roomFor } from "#server/billing/growth-policy.ts";
import { loadGrowth } from "#server/marketing-status/holds/load-growth.ts";
import type { Context } from "#server/platform/context.ts";
import type { Forecast } from "../import.ts";

type Counts = Omit<Forecast, "rows" | "held" | "refused">;

/** Of the raises the file asks for, those there is room for; the others will be held or refused. */
export async function limitForecast(context: Context, counts: Counts): Promise<Omit<Forecast, "rows">> {
  const growth = await loadGrowth(context);
  const room = roomFor(growth, growth.usage, counts.countsAnew);
  const beyond = room === null ? 0 : Math.max(0, counts.countsAnew - room.contacts);
  return {
    ...counts,
    raised: counts.raised - beyond,
    countsAnew: counts.countsAnew - beyond,
    held: room?.beyond === "held" ? beyond : 0,
    refused: room?.beyond === "refused" ? beyond : 0,
  };
}
