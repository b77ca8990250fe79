import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import type { NewFact } from "./protection.ts";
import { type FactSource, upsertFacts } from "./queries.ts";

interface Input extends FactSource {
  readonly facts: readonly NewFact[];
}

export interface SavedFacts {
  /** Contacts something new was said about; the others knew it already, are deleted, or never were. */
  readonly changed: string[];
  /** Those of them that were not protected before and are now: schedule these where the account wants it. */
  readonly becameProtected: string[];
}

/**
 * Records opt-outs, hard bounces and complaints, set-based, in the caller's transaction.
 * What is said twice stays as it was first said; a bounce counts the days it happened on.
 */
export function saveFacts(context: Context, { facts, ...source }: Input): Promise<SavedFacts> {
  if (facts.length === 0) return Promise.resolve({ changed: [], becameProtected: [] });
  return inTransaction(context, async (context) => {
    const written = await upsertFacts(context, facts, source);
    const changed = idsOf(written);
    if (changed.length > 0) {
      const details = { contactIds: changed, kinds: [...new Set(written.map(({ kind }) => kind))] };
      await recordEvent(context, {
        type: "subscription.recorded",
        details,
        operationId: source.operationId ?? null,
      });
    }
    return { changed, becameProtected: idsOf(written.filter(({ becameProtected }) => becameProtected)) };
  });
}

/** Each contact once, in the order of the rows. */
export function idsOf(rows: readonly { readonly contactId: string }[]): string[] {
  return [...new Set(rows.map(({ contactId }) => contactId))];
}
