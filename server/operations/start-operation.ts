import type { RawBuilder } from "kysely";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { enqueue } from "#server/platform/job.ts";
import { finishOperation, insertChunks, insertOperation } from "./queries.ts";

export interface NewOperation {
  readonly kind: string;
  readonly params?: Record<string, unknown>;
  /** A select of one column `id`: the contacts, or for kinds that count otherwise (lines of a file) their pieces. */
  readonly scope: RawBuilder<unknown>;
  /** A column of the scope that says who comes first, in whole chunks; for a kind that is worked in order. */
  readonly orderBy?: string;
  readonly sourceType: string;
  readonly sourceId?: string | null;
  readonly undoOf?: string | null;
}

export interface StartedOperation {
  readonly operationId: string;
  /** How many contacts are in the scope. */
  readonly total: number;
}

/** Fixes the scope and queues the work, all in one transaction. Nothing in scope: it is done at once. */
export function startOperation(context: Context, operation: NewOperation): Promise<StartedOperation> {
  return inTransaction(context, async (context) => {
    const { kind, params = {}, scope, sourceType, sourceId = null, undoOf = null, orderBy } = operation;
    const operationId = await insertOperation(context, { kind, params, sourceType, sourceId, undoOf });
    const total = await insertChunks(context, operationId, { scope, orderBy });
    await recordEvent(context, { type: "operation.started", operationId, details: { kind, total } });
    if (total === 0) await finishOperation(context, { id: operationId, state: "done" });
    else await enqueue(context, { name: "operations.run", payload: { operationId } });
    return { operationId, total };
  });
}
