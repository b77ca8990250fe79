import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "#server/platform/context.ts";
import { guarded } from "#server/platform/each-account.ts";
import { selectDueWorkflows } from "./queries.ts";
import { workWorkflow } from "./work-due.ts";

/** Workflows of a process whose calls are under way at a time. */
const WORKFLOWS = 32;
/** How often is looked for others that have calls to make meanwhile. */
const LOOK_MS = 1_000;
/** How long one of them goes on before those that came first have their turn again. */
const RUN_MS = 20_000;

/**
 * Makes the calls that are due, of each workflow for itself: a host that hangs delays no other. They wait for others, and
 * nothing else waits for them: none takes a place in the queue of jobs.
 */
export async function makeCalls(context: Context): Promise<void> {
  const calling = new Map<string, Promise<unknown>>();
  do {
    for (const { accountId, workflowId } of await selectDueWorkflows(context, { outside: true })) {
      const key = `${accountId}:${workflowId}`;
      if (calling.size >= WORKFLOWS || calling.has(key)) continue;
      const work = () => callsOf({ ...context, accountId }, workflowId);
      calling.set(
        key,
        guarded(work, { accountId, workflowId }).finally(() => calling.delete(key)),
      );
    }
    if (calling.size > 0) await Promise.race([sleep(LOOK_MS), ...calling.values()]);
  } while (calling.size > 0 && !context.signal?.aborted);
  await Promise.all(calling.values());
}

async function callsOf(context: Context, workflowId: string): Promise<void> {
  const end = Date.now() + RUN_MS;
  while (Date.now() < end && !context.signal?.aborted) {
    if ((await workWorkflow(context, { workflowId, outside: true })) === 0) return;
  }
}
