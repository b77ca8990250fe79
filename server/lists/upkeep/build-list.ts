import type { Context } from "#server/platform/context.ts";
import { evaluateRange, findRangeEnd, selectWriters, storeBuiltTo, storeFence } from "./queries.ts";
import type { CompiledList, Difference } from "./upkeep.ts";

/** Contacts that one step looks at: well under a second. */
const STEP = 25_000;

/** Does one step of working in a new filter; null while it has to wait, or when nothing is left to do. */
export async function buildOne(
  context: Context,
  lists: readonly CompiledList[],
): Promise<Difference[] | null> {
  for (const list of lists) {
    if (list.builtTo === null || !(await mayBegin(context, list))) continue;
    const to = await findRangeEnd(context, list.builtTo, STEP);
    const differences = await evaluateRange(context, list, { after: list.builtTo, to });
    await storeBuiltTo(context, list.id, to);
    return differences;
  }
  return null;
}

/**
 * Whoever was writing when the filter came may not have known that somebody watches; so the work begins when all
 * those have ended. Changes after that are in the queue.
 */
async function mayBegin(context: Context, { id, fence }: CompiledList): Promise<boolean> {
  if (fence?.length === 0) return true;
  const writers = await selectWriters(context);
  const left = fence === null ? writers : fence.filter((name) => writers.includes(name));
  if (fence === null || left.length < fence.length) await storeFence(context, id, left);
  return left.length === 0;
}
