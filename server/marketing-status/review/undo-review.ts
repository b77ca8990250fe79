import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { undoStatus } from "../status/undo-status.ts";
import { rest } from "./decline-held.ts";
import { reopenHeld } from "./queries.ts";

interface Undoing {
  readonly ids: readonly string[];
  readonly operationId: string;
  readonly undoneId: string;
}

/** Declined contacts wait again, unless something has happened to them since. Outcomes: held, changed_since. */
export function undoDecline(context: Context, { ids, undoneId }: Undoing): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    await lockGuard(context);
    const held = await reopenHeld(context, { ids, by: "declined", operationId: undoneId });
    return rest(ids, { outcome: "held", contactIds: held }, "changed_since");
  });
}

/**
 * Takes an approval back by the rules of any raise: within the day as if it never happened, and the contact waits again;
 * later it is scheduled. A step that was bought stays until the tier may fall.
 */
export function undoApproval(context: Context, { ids, operationId, undoneId }: Undoing): Promise<Outcome[]> {
  return inTransaction(context, async (context) => {
    await lockGuard(context);
    const outcomes = await undoStatus(context, {
      ids,
      operationId,
      entry: { operationId: undoneId },
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    const undone = outcomes.flatMap(({ outcome, contactIds }) => (outcome === "undone" ? contactIds : []));
    await reopenHeld(context, { ids: undone, by: "approved", operationId: undoneId });
    return outcomes;
  });
}
