import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "#server/platform/context.ts";
import { isFinished, type OperationRow } from "./operation.ts";
import { runOperation } from "./run-operation.ts";
import { loadOperation } from "./show-operation.ts";

const POLL_MS = 200;

/**
 * Sees an operation through to its end from a command line: works it here when no worker has it, otherwise watches.
 * Returns it as it ended.
 */
export async function workOperation(
  context: Context,
  operationId: string,
  onProgress: (done: number, total: number) => void,
): Promise<OperationRow> {
  for (;;) {
    await runOperation(context, { operationId, onProgress });
    const operation = await loadOperation(context, operationId);
    onProgress(operation.done, operation.total);
    if (isFinished(operation)) return operation;
    await sleep(POLL_MS);
  }
}
