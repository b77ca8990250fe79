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

/** How many chunks of this operation may be worked at the same time. */
export async function lanesFor(context: Context, { kind, params, total }: OperationRow): Promise<number> {
  if (total <= WORTH_SHARING) return 1;
  return (await operationKind(kind).inOrder?.(context, { params, total })) ? 1 : LANES;
}

/** Works in so many lanes until each has found nothing more; after a failure the others end with the chunk in hand. */
export async function shareWork(
  lanes: number,
  stop: AbortController,
  work: (lane: Lane) => Promise<void>,
): Promise<void> {
  const ended = await Promise.allSettled(
    Array.from({ length: lanes }, (_, number) =>
      work({ number, waits: false }).catch((error: unknown) => {
        stop.abort();
        throw error;
      }),
    ),
  );
  for (const lane of ended) if (lane.status === "rejected") throw lane.reason;
}
