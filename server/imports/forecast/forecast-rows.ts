import { roomFor } from "#server/billing/growth-policy.ts";
import { loadGrowth } from "#server/marketing-status/holds/load-growth.ts";
import type { Context } from "#server/platform/context.ts";
import type { Forecast } from "../import.ts";
import type { Resolving } from "../writing/resolve.ts";
import { countForecast, countLeftAlone } from "./queries.ts";

/**
 * What writing the staged rows would do now. Of the raises the file asks for, those there is room for; the others will
 * be held or refused, and some matched contacts stay as they are by that.
 */
export async function forecastRows(context: Context, resolving: Resolving): Promise<Omit<Forecast, "rows">> {
  const counts = await countForecast(context, resolving);
  const growth = await loadGrowth(context);
  const room = roomFor(growth, growth.usage, counts.countsAnew);
  const beyond = room === null ? 0 : Math.max(0, counts.countsAnew - room.contacts);
  const alone = room === null || beyond === 0 ? 0 : await countLeftAlone(context, resolving, room);
  return {
    ...counts,
    updated: counts.updated - alone,
    unchanged: counts.unchanged + alone,
    raised: counts.raised - beyond,
    countsAnew: counts.countsAnew - beyond,
    held: room?.beyond === "held" ? beyond : 0,
    refused: room?.beyond === "refused" ? beyond : 0,
  };
}
