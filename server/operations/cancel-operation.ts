import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction, requirePermission } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { isFinished } from "./operation.ts";
import { operationKind } from "./operation-kind.ts";
import { requestCancel } from "./queries.ts";
import { loadOperation, showOperation } from "./show-operation.ts";

/** Asks the runner to stop after the chunk in hand. What is done stays done and can be undone. */
export function cancelOperation(context: Context, { operationId }: { operationId: string }) {
  return inTransaction(context, async (context) => {
    const operation = await loadOperation(context, operationId);
    if (operation.actorId !== context.actor.id || operation.actorId === null) {
      requirePermission(context, operationKind(operation.kind).permission);
    }
    if (isFinished(operation)) throw new AppError("conflict", "operations:already_finished", { operationId });
    await requestCancel(context, operationId);
    await recordEvent(context, { type: "operation.cancel_requested", operationId });
    return showOperation(context, { operationId });
  });
}
