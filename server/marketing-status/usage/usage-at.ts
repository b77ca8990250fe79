import type { Context } from "#server/platform/context.ts";
import { selectPastUsage, selectUsage, type Usage } from "./queries.ts";

/** Usage at any moment: from the ledger where it has passed, from the tally from now on. */
export function usageAt(context: Context, at: Date, now: Date): Promise<Usage> {
  return at < now ? selectPastUsage(context, at) : selectUsage(context, at);
}
