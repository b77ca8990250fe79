import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import type { Context } from "#server/platform/context.ts";
import { requireList } from "../definition/require-list.ts";
import { selectListUses, selectViewUses } from "./queries.ts";

/** Something that uses a list, as the list page names it. */
export interface ListUse extends z.output<typeof contract.listUse> {
  readonly listId: string;
}

/** Finds what uses these lists. Later features register theirs: workflows, saved plans. */
export type FindListUses = (context: Context, listIds: readonly string[]) => Promise<ListUse[]>;

const finders = new Set<FindListUses>([usesByViews, usesByLists]);

/** Called by features when the program starts. */
export function registerListUses(found: readonly FindListUses[]): void {
  for (const find of found) finders.add(find);
}

export async function findUses(context: Context, listIds: readonly string[]): Promise<ListUse[]> {
  const found: ListUse[] = [];
  if (listIds.length === 0) return found;
  for (const find of finders) found.push(...(await find(context, listIds)));
  return found;
}

export async function listUses(
  context: Context,
  { listId }: { readonly listId: string },
): Promise<z.input<typeof contract.listUses.reply>> {
  await requireList(context, listId);
  const uses = await findUses(context, [listId]);
  return { uses: uses.map(({ kind, id, name, key, blocks }) => ({ kind, id, name, key, blocks })) };
}

/** A view without its list only shows a message, so it does not stand in the way. */
async function usesByViews(context: Context, listIds: readonly string[]): Promise<ListUse[]> {
  const views = await selectViewUses(context, listIds);
  return views.map((view) => ({ ...view, kind: "view", blocks: false }));
}

async function usesByLists(context: Context, listIds: readonly string[]): Promise<ListUse[]> {
  const lists = await selectListUses(context, listIds);
  return lists.map((list) => ({ ...list, kind: "list", key: null, blocks: true }));
}
