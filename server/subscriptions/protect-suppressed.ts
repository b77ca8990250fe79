import type { Context } from "#server/platform/context.ts";
import { anySuppression, selectSuppressed } from "./queries.ts";
import { type SavedFacts, saveFacts } from "./save-facts.ts";
import { suppressionKey } from "./suppression-key.ts";

/** Where such facts say they come from. */
const SOURCE = "SUPPRESSION";

/**
 * Protects contacts whose addresses belonged to somebody who was protected and then deleted. Set-based.
 * Call it in the transaction that creates them or gives them addresses, after that and before anything raises them.
 */
export async function protectAllSuppressed(
  context: Context,
  contactIds: readonly string[],
  operationId: string | null = null,
): Promise<SavedFacts> {
  if (contactIds.length === 0 || !(await anySuppression(context)))
    return { changed: [], becameProtected: [] };
  const facts = await selectSuppressed(context, await suppressionKey(context), contactIds);
  return saveFacts(context, { facts, sourceType: SOURCE, operationId });
}

/** As `protectAllSuppressed`, for one contact that has just got an address. */
export function protectSuppressed(
  context: Context,
  { contactId }: { contactId: string; email?: string },
): Promise<SavedFacts> {
  return protectAllSuppressed(context, [contactId]);
}
