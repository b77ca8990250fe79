import type { Context } from "#server/platform/context.ts";
import { listField } from "../list.ts";
import { evaluateIds } from "./queries.ts";
import {
  batchesOf,
  type CompiledList,
  type Difference,
  inPieces,
  mergeDifferences,
  mergeTouches,
  type Touched,
} from "./upkeep.ts";

/** Contacts that one statement looks at. */
const AT_ONCE = 10_000;

/**
 * Works out who of the touched contacts is in which lists, set by set, lists that name others after these.
 * Returns everybody who joined or left.
 */
export async function workOutTouched(
  context: Context,
  lists: readonly CompiledList[],
  touches: readonly Touched[],
): Promise<Difference[]> {
  let touched = mergeTouches(touches);
  const differences: Difference[] = [];
  const levels = [...new Set(lists.map(({ level }) => level))].toSorted((a, b) => a - b);
  for (const level of levels) {
    const found = await workOutLevel(
      context,
      lists.filter((list) => list.level === level),
      touched,
    );
    differences.push(...found);
    touched = mergeTouches([...touched, ...touchesBy(found)]);
  }
  return mergeDifferences(differences);
}

async function workOutLevel(
  context: Context,
  lists: readonly CompiledList[],
  touched: readonly Touched[],
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const batch of batchesOf(lists, touched)) {
    for (const ids of inPieces(batch.ids, AT_ONCE)) {
      differences.push(...(await evaluateIds(context, batch.lists, ids)));
    }
  }
  return differences;
}

/** Who joined or left a list is to be looked at by the lists that name it. */
export function touchesBy(differences: readonly Difference[]): Touched[] {
  return differences.map(({ listId, joined, gone }) => ({
    fields: [listField(listId)],
    ids: [...joined, ...gone],
  }));
}
