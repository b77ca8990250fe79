import type { Context } from "#server/platform/context.ts";
import { CHUNK_SIZE, type OperationRow } from "./operation.ts";
import { operationKind } from "./operation-kind.ts";

/** Chunks worked at the same time: measured on two cores, where a third one gains nothing and others wait longer. */
const LANES = 2;
/** Smaller operations are through before a second lane would pay. */
const WORTH_SHARING = 3 * CHUNK_SIZE;

export interface Lane {
  readonly number: number;
  /** Waits for chunks that a runner which was taken over still holds, instead of leaving them for later. */
  readonly waits: boolean;
}

interface Lanes {
  /** How many chunks of this operation may be worked at the same time. */
  readonly count: number;
  readonly inOrder: boolean;
}

export async function lanesFor(context: Context, { kind, params, total }: OperationRow): Promise<Lanes> {
  if (total <= CHUNK_SIZE) return { count: 1, inOrder: false };
  const inOrder = (await operationKind(kind).inOrder?.(context, { params, total })) ?? false;
  return { count: inOrder || total <= WORTH_SHARING ? 1 : LANES, inOrder };
}

/** Works in so many lanes until each has found nothing more; after a failure the others end with the chunk in hand. */
export async function shareWork(
  { count, inOrder }: Lanes,
  stop: AbortController,
  work: (lane: Lane) => Promise<void>,
): Promise<void> {
  const ended = await Promise.allSettled(
    Array.from({ length: count }, (_, number) =>
      work({ number, waits: inOrder }).catch((error: unknown) => {
        stop.abort();
        throw error;
      }),
    ),
  );
  for (const lane of ended) if (lane.status === "rejected") throw lane.reason;
}
