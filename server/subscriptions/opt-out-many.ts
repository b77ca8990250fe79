import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type FactSource, selectLiving } from "./queries.ts";
import { saveFacts } from "./save-facts.ts";

interface Input extends FactSource {
  readonly ids: readonly string[];
  readonly reason?: string | undefined;
}

export interface OptedOut {
  /** `opted_out`, `already_opted_out`, `missing`; their contacts add up to the ids. */
  readonly outcomes: Outcome[];
  readonly becameProtected: string[];
}

/** Opts many contacts out of all marketing mail, in the caller's transaction. */
export function optOutMany(context: Context, { ids, reason, ...source }: Input): Promise<OptedOut> {
  return inTransaction(context, async (context) => {
    const living = await selectLiving(context, ids);
    const facts = [...living].map((contactId) => ({ contactId, kind: "opt_out" as const, reason }));
    const { changed, becameProtected } = await saveFacts(context, { ...source, facts });
    const news = new Set(changed);
    const outcomes: Outcome[] = [
      { outcome: "opted_out", contactIds: changed },
      { outcome: "already_opted_out", contactIds: [...living].filter((id) => !news.has(id)) },
      { outcome: "missing", contactIds: ids.filter((id) => !living.has(id)) },
    ];
    return { outcomes: outcomes.filter(({ contactIds }) => contactIds.length > 0), becameProtected };
  });
}
