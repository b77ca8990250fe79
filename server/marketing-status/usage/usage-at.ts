import type { Context } from "#server/platform/context.ts";
import { selectPastTotal, selectPastUsage, selectUsage, type Usage } from "./queries.ts";

/** Usage at any moment: from the ledger where it has passed, from the tally from now on. */
export function usageAt(context: Context, at: Date, now: Date): Promise<Usage> {
  return at < now ? selectPastUsage(context, at) : selectUsage(context, at);
}

/** All contacts there were at a past moment, as far as it is still known. */
export async function totalAt(
  context: Context,
  at: Date,
): Promise<{ readonly contacts: number; readonly isComplete: boolean }> {
  const { total, totalIsComplete } = await selectPastTotal(context, at);
  return { contacts: total, isComplete: totalIsComplete };
}
