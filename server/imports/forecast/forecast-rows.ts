import { roomFor } from "#server/billing/growth-policy.ts";
import { loadGrowth } from "#server/marketing-status/holds/load-growth.ts";
import type { Context } from "#server/platform/context.ts";
import { remembersAny, suppressedAmong } from "#server/subscriptions/protect-suppressed.ts";
import type { Forecast } from "../import.ts";
import type { Resolving } from "../writing/resolve.ts";
import { countForecast, countLeftAlone, selectStagedAddresses } from "./queries.ts";

/** Addresses that are hashed and looked up at a time. */
const ADDRESSES = 20_000;

/**
 * What writing the staged rows would do now. Of the raises the file asks for, those there is room for; the others will
 * be held or refused, and some matched contacts stay as they are by that.
 */
export async function forecastRows(context: Context, staged: Resolving): Promise<Omit<Forecast, "rows">> {
  const resolving = { ...staged, suppressed: await suppressedInFile(context, staged) };
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

/** Which addresses of the file are remembered as protected. Only their hashes are kept, so each is worked out here. */
async function suppressedInFile(context: Context, { shape }: Resolving): Promise<string[]> {
  if (!shape.hasEmail || !(await remembersAny(context))) return [];
  const found: string[] = [];
  for (let after = "0"; ; ) {
    const rows = await selectStagedAddresses(context, shape, { after, limit: ADDRESSES });
    const last = rows.at(-1);
    if (last === undefined) return found;
    const suppressed = await suppressedAmong(
      context,
      rows.map(({ email }) => email),
    );
    found.push(...suppressed);
    after = last.line;
  }
}
