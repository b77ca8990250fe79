import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { describeUndo } from "./describe-undo.ts";
import { operationKind } from "./operation-kind.ts";
import { changedContacts, countOutcomes, markUndone } from "./queries.ts";
import { requireExpected } from "./require-expected.ts";
import { holdOperation } from "./show-operation.ts";
import { startOperation } from "./start-operation.ts";

interface UndoInput {
  readonly operationId: string;
  /** The number of contacts the person confirmed, needed where the undo raises them. */
  readonly expect?: number | undefined;
}

/** Starts the operation that takes this one back for every contact that nothing has changed since. */
export function undoOperation(
  context: Context,
  { operationId, expect }: UndoInput,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const operation = await holdOperation(context, operationId);
    const undo = await describeUndo(context, operation, await countOutcomes(context, [operationId]));
    if (!undo.possible) throw new AppError("conflict", `operations:undo_${undo.reason}`, { operationId });
    if (undo.raises && expect === undefined) {
      throw new AppError("invalid_input", "operations:undo_needs_expect", { contacts: undo.contacts });
    }
    requireExpected(expect, undo.contacts);
    const plan = operationKind(operation.kind).undo as { kind: string; outcomes: readonly string[] };
    const started = await startOperation(context, {
      kind: plan.kind,
      params: { ...operation.params, undoes: operation.kind, undoneId: operationId },
      scope: changedContacts(context, operationId, plan.outcomes),
      sourceType: operation.sourceType,
      sourceId: operation.sourceId,
      undoOf: operationId,
    });
    const first = await markUndone(context, operationId, started.operationId);
    if (!first) throw new AppError("conflict", "operations:undo_undone", { operationId });
    return { operationId: started.operationId };
  });
}
