import type { Context } from "#server/platform/context.ts";
import { isStatic, requireType } from "../definition/require-list.ts";
import { recordMembershipChanges } from "../sizes/record-changes.ts";
import { touchLists } from "../sizes/touch-lists.ts";
import { type Adding, deleteAddedBy, deleteMembers, insertMembers } from "./queries.ts";

/**
 * Adds contacts to a static list in the caller's transaction; returns those that were not in it. Deleted and missing
 * contacts are left out. `operationId` is what an undo goes by.
 */
export async function addToList(context: Context, adding: Adding): Promise<string[]> {
  const { listId, operationId } = adding;
  await requireType(context, listId, "static");
  const joined = await insertMembers(context, adding);
  await recordMembershipChanges(context, [{ listId, joined, gone: [] }], operationId);
  await touchLists(context, { listId, ids: joined, living: true });
  return joined;
}

interface Removing {
  readonly listId: string;
  readonly ids: readonly string[];
  readonly operationId: string | null;
  /** Only those that this operation put on the list. */
  readonly addedBy?: string;
}

/** Takes contacts off a static list in the caller's transaction; returns those that were on it. */
export async function removeFromList(
  context: Context,
  { operationId, ...removing }: Removing,
): Promise<string[]> {
  const { listId } = removing;
  await requireType(context, listId, "static");
  const gone = await deleteMembers(context, removing);
  await recordMembershipChanges(context, [{ listId, joined: [], gone }], operationId);
  await touchLists(context, { listId, ids: gone, living: false });
  return gone;
}

/** The same for work that must go on without the list: nobody is added to one that was deleted meanwhile. */
export async function addWhileThere(context: Context, adding: Adding): Promise<string[]> {
  return (await isStatic(context, adding.listId)) ? addToList(context, adding) : [];
}

/** Takes everybody off a list whom this operation put on it, also while the list is deleted. */
export async function removeAddedBy(
  context: Context,
  { listId, addedBy, operationId }: Pick<Removing, "listId" | "operationId"> & { readonly addedBy: string },
): Promise<void> {
  const gone = await deleteAddedBy(context, { listId, addedBy });
  await recordMembershipChanges(context, [{ listId, joined: [], gone }], operationId);
  await touchLists(context, { listId, ids: gone, living: false });
}
