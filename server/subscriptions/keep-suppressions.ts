import type { Context } from "#server/platform/context.ts";
import { insertSuppressions } from "./queries.ts";
import { suppressionKey } from "./suppression-key.ts";

/**
 * Remembers what protects these contacts under keyed hashes of their addresses.
 * Call it in the transaction that deletes them or takes an address away, while the addresses still stand.
 */
export async function keepSuppressions(context: Context, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length > 0) await insertSuppressions(context, await suppressionKey(context), contactIds);
}
