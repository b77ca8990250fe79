import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type Lane, lanesFor, shareWork } from "./lanes.ts";
import { keepLease } from "./lease.ts";
import { authorContext, CHUNK_SIZE, MASS_CHANGE, MAX_ATTEMPTS, type OperationRow } from "./operation.ts";
import { operationKind } from "./operation-kind.ts";
import {
  claim,
  finishChunk,
  finishOperation,
  hasChunksLeft,
  refreshStatistics,
  releaseLease,
  renewLease,
  selectHeld,
  takeChunk,
  takeLaneSlot,
} from "./queries.ts";

interface RunOptions {
  readonly operationId: string;
  /** Told after each chunk, for a progress bar. */
  readonly onProgress?: (done: number, total: number) => void;
}

interface Run extends RunOptions {
  readonly operation: OperationRow;
  /** Set when there is nothing more to do here: cancelled, paused, taken over, failed or stopping. */
  readonly stop: AbortController;
}

/**
 * Works an operation chunk by chunk, large ones several chunks at a time, until it is done, cancelled, or taken over.
 * Each chunk commits with its mark, so a kill at any point loses nothing and doubles nothing.
 */
export async function runOperation(context: Context, options: RunOptions): Promise<void> {
  const operation = await claim(context, options.operationId);
  if (!operation) return;
  const author = authorContext(context, operation);
  const stop = new AbortController();
  const stopLease = keepLease(author, operation, () => stop.abort());
  try {
    await operationKind(operation.kind).prepare?.(author, operation.params);
    await workAndEnd(author, { ...options, operation, stop });
  } catch (error) {
    await giveWay(context, operation, error);
    throw error;
  } finally {
    stopLease();
  }
}

async function workAndEnd(context: Context, run: Run): Promise<void> {
  const { operation, stop } = run;
  const halt = () => stop.abort();
  if (context.signal?.aborted) halt();
  context.signal?.addEventListener("abort", halt, { once: true });
  try {
    const lanes = await lanesFor(context, operation);
    await beginWork(context, run, lanes.inOrder);
    await shareWork(lanes, stop, (lane) => workLane(context, run, lane));
    while (!stop.signal.aborted && !(await endIfThrough(context, run)))
      await workLane(context, run, { number: 0, waits: true });
    if (stop.signal.aborted && !(await endIfCancelled(context, run)))
      return await releaseLease(context, operation, 0);
    await tellPlanner(context, operation);
  } finally {
    context.signal?.removeEventListener("abort", halt);
  }
}

/** Rolls back the chunk of a runner that has been taken over meanwhile. */
const takenOver = new Error("Another runner has taken the operation over");

/**
 * The first chunk alone: tables that were empty have just got their first rows, and until the planner knows, the next
 * chunks might read them from end to end for each contact.
 */
async function beginWork(context: Context, run: Run, waits: boolean): Promise<void> {
  const more = !run.stop.signal.aborted && (await workChunk(context, run, { number: 0, waits }));
  if (more && run.operation.total > CHUNK_SIZE) await tellPlanner(context, run.operation);
}

async function workLane(context: Context, run: Run, lane: Lane): Promise<void> {
  while (!run.stop.signal.aborted) {
    if (!(await workChunk(context, run, lane))) return;
  }
}

/** True when there may be more to do. */
async function workChunk(context: Context, run: Run, lane: Lane): Promise<boolean> {
  try {
    return await inTransaction(context, (context) => runNextChunk(context, run, lane));
  } catch (error) {
    if (error !== takenOver) throw error;
    run.stop.abort();
    return false;
  }
}

async function runNextChunk(context: Context, run: Run, lane: Lane): Promise<boolean> {
  const { operation, stop, onProgress } = run;
  await takeLaneSlot(context, operation, lane.number);
  const current = await selectHeld(context, operation);
  if (!current || current.cancelRequestedAt) {
    stop.abort();
    return false;
  }
  const chunk = await takeChunk(context, operation.id, lane.waits);
  if (!chunk) return false;
  const { params, sourceType, sourceId } = current;
  const outcomes = await operationKind(operation.kind).runChunk(context, {
    operationId: operation.id,
    ...chunk,
    params,
    sourceType,
    sourceId,
  });
  const contacts = outcomes.reduce((sum, { contactIds }) => sum + contactIds.length, 0);
  const done = await finishChunk(context, { operation, number: chunk.number, outcomes, done: contacts });
  if (done === undefined) throw takenOver;
  onProgress?.(done, current.total);
  return true;
}

/** Ends it when every chunk is done; true when this runner has nothing more to do. */
function endIfThrough(context: Context, { operation, stop }: Run): Promise<boolean> {
  return inTransaction(context, async (context) => {
    const current = await renewLease(context, operation);
    if (!current || current.cancelRequestedAt) {
      stop.abort();
      return true;
    }
    if (await hasChunksLeft(context, operation.id)) return false;
    return end(context, operation, "done");
  });
}

function endIfCancelled(context: Context, { operation }: Run): Promise<boolean> {
  return inTransaction(context, async (context) => {
    const current = await renewLease(context, operation);
    return current?.cancelRequestedAt ? end(context, operation, "cancelled") : false;
  });
}

async function end(context: Context, { id, kind }: OperationRow, state: "done" | "cancelled"): Promise<true> {
  await operationKind(kind).finish?.(context, id);
  await finishOperation(context, { id, state });
  await recordEvent(context, { type: `operation.${state}`, operationId: id });
  return true;
}

/** After the first chunk and at the end. */
async function tellPlanner(context: Context, { kind, total }: OperationRow): Promise<void> {
  const { writes = [] } = operationKind(kind);
  if (total >= MASS_CHANGE && writes.length > 0) await refreshStatistics(context, writes);
}

/** After an error: another attempt in a while, or the end when it keeps failing. */
async function giveWay(context: Context, operation: OperationRow, error: unknown): Promise<void> {
  if (operation.attempt < MAX_ATTEMPTS) return releaseLease(context, operation, operation.attempt * 2);
  const failure = error instanceof Error ? error.message.slice(0, 500) : "unknown";
  await finishOperation(context, { id: operation.id, state: "failed", failure });
}
