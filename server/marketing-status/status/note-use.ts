import { type Context, inTransaction } from "#server/platform/context.ts";
import { markUsed } from "./queries.ts";

/**
 * Notes that marketing contacts were handed to a marketing tool: whoever was used counts for the period, although the
 * raise is taken back within a day.
 */
export function noteUse(context: Context, ids: readonly string[]): Promise<void> {
  return inTransaction(context, (context) => markUsed(context, ids));
}
