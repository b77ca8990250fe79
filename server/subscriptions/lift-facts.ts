import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { dropSuppressions } from "./keep-suppressions.ts";
import { deleteFacts, type Lift } from "./queries.ts";
import { idsOf } from "./save-facts.ts";

interface Input extends Lift {
  readonly operationId?: string | null | undefined;
}

export interface LiftedFacts {
  /** Contacts that something was lifted for. */
  readonly lifted: string[];
  /** Those of them that were protected and are not any more: cancel what was scheduled for that reason. */
  readonly ceasedProtected: string[];
}

/**
 * Takes facts back: a fresh consent, a correction, an undo. Also forgets what was kept about the addresses, or a
 * contact created anew would be protected again. Runs in the caller's transaction.
 */
export function liftFacts(context: Context, { operationId = null, ...lift }: Input): Promise<LiftedFacts> {
  if (lift.ids.length === 0) return Promise.resolve({ lifted: [], ceasedProtected: [] });
  return inTransaction(context, async (context) => {
    const rows = await deleteFacts(context, lift);
    const lifted = idsOf(rows);
    if (lifted.length > 0) {
      await dropSuppressions(context, { ...lift, ids: lifted });
      const details = { contactIds: lifted, kinds: [...new Set(rows.map(({ kind }) => kind))] };
      await recordEvent(context, { type: "subscription.lifted", details, operationId });
    }
    return { lifted, ceasedProtected: idsOf(rows.filter(({ ceasedProtected }) => ceasedProtected)) };
  });
}
