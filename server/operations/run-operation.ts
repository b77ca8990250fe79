import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import {
  authorContext,
  CHUNK_SIZE,
  LEASE_SECONDS,
  MASS_CHANGE,
  MAX_ATTEMPTS,
  type OperationRow,
} from "./operation.ts";
import { operationKind } from "./operation-kind.ts";
import {
  claim,
  finishChunk,
  finishOperation,
  nextChunk,
  refreshStatistics,
  releaseLease,
  renewLease,
} from "./queries.ts";

interface RunOptions {
  readonly operationId: string;
  /** Told after each chunk, for a progress bar. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Works an operation chunk by chunk until it is done, cancelled, or taken over.
 * Each chunk commits with its mark, so a kill at any point loses nothing and doubles nothing.
 */
export async function runOperation(context: Context, options: RunOptions): Promise<void> {
  const operation = await claim(context, options.operationId);
  if (!operation) return;
  const author = authorContext(context, operation);
  try {
    await prepare(author, operation);
    for (let chunks = 0; await runNextChunk(author, operation, options); chunks++) {
      if (context.signal?.aborted) return await releaseLease(context, operation, 0);
      if (chunks === 0 && operation.total > CHUNK_SIZE) await tellPlanner(context, operation);
    }
    await tellPlanner(context, operation);
  } catch (error) {
    await giveWay(context, operation, error);
    throw error;
  }
}

/** Lets the kind get ready, however long that takes; the lease is kept meanwhile. */
async function prepare(context: Context, operation: OperationRow): Promise<void> {
  const work = operationKind(operation.kind).prepare;
  if (!work) return;
  const keep = setInterval(
    () => void renewLease(context, operation).catch(() => {}),
    (LEASE_SECONDS * 1000) / 3,
  );
  try {
    await work(context, operation.params);
  } finally {
    clearInterval(keep);
  }
}

/** After the first chunk, because an empty table has just got its first rows, and at the end. */
async function tellPlanner(context: Context, { kind, total }: OperationRow): Promise<void> {
  const { writes = [] } = operationKind(kind);
  if (total >= MASS_CHANGE && writes.length > 0) await refreshStatistics(context, writes);
}

/** True while there may be more to do. */
async function runNextChunk(
  context: Context,
  operation: OperationRow,
  { onProgress }: RunOptions,
): Promise<boolean> {
  return inTransaction(context, async (context) => {
    const current = await renewLease(context, operation);
    if (!current) return false;
    if (current.cancelRequestedAt) return end(context, current, "cancelled");
    const chunk = await nextChunk(context, operation.id);
    if (!chunk) return end(context, current, "done");
    const { params, sourceType, sourceId } = current;
    const run = { operationId: operation.id, ...chunk, params, sourceType, sourceId };
    const outcomes = await operationKind(operation.kind).runChunk(context, run);
    const done = outcomes.reduce((sum, { contactIds }) => sum + contactIds.length, 0);
    await finishChunk(context, { operationId: operation.id, number: chunk.number, outcomes, done });
    onProgress?.(current.done + done, current.total);
    return true;
  });
}

async function end(context: Context, operation: OperationRow, state: "done" | "cancelled"): Promise<false> {
  await operationKind(operation.kind).finish?.(context, operation.id);
  await finishOperation(context, { id: operation.id, state });
  await recordEvent(context, { type: `operation.${state}`, operationId: operation.id });
  return false;
}

/** After an error: another attempt in a while, or the end when it keeps failing. */
async function giveWay(context: Context, operation: OperationRow, error: unknown): Promise<void> {
  if (operation.attempt < MAX_ATTEMPTS) return releaseLease(context, operation, operation.attempt * 2);
  const failure = error instanceof Error ? error.message.slice(0, 500) : "unknown";
  await finishOperation(context, { id: operation.id, state: "failed", failure });
}
