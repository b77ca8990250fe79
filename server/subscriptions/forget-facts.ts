import type { Context } from "#server/platform/context.ts";
import { deleteAllFacts } from "./queries.ts";

/** Removes every fact of contacts that are erased. Suppressions are kept before, by `keepSuppressions`. */
export async function forgetFacts(context: Context, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length > 0) await deleteAllFacts(context, contactIds);
}
