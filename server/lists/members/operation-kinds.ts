import type { Chunk, OperationKind, Outcome } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import { addToList, removeFromList } from "./change-members.ts";
import { selectMembers } from "./queries.ts";

const permission = "lists.edit";
const writes = ["list_membership"];
const listOf = ({ params }: Chunk) => String(params["listId"]);

/** Outcomes: added, already_in_list, missing. */
async function runAdd(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const { ids, operationId, sourceType, sourceId } = chunk;
  const listId = listOf(chunk);
  const added = await addToList(context, { listId, ids, sourceType, sourceId, operationId });
  const members = new Set(await selectMembers(context, { listId, ids }));
  const joined = new Set(added);
  return groups([
    ["added", added],
    ["already_in_list", ids.filter((id) => members.has(id) && !joined.has(id))],
    ["missing", ids.filter((id) => !members.has(id))],
  ]);
}

/** Outcomes: removed, not_in_list. */
async function runRemove(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const { ids, operationId } = chunk;
  const removed = await removeFromList(context, { listId: listOf(chunk), ids, operationId });
  const gone = new Set(removed);
  return groups([
    ["removed", removed],
    ["not_in_list", ids.filter((id) => !gone.has(id))],
  ]);
}

/** Takes off those that the undone operation put on. Outcomes: removed, changed_since. */
async function runUndoAdd(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const { ids, operationId } = chunk;
  const addedBy = String(chunk.params["undoneId"]);
  const removed = await removeFromList(context, { listId: listOf(chunk), ids, operationId, addedBy });
  const gone = new Set(removed);
  return groups([
    ["removed", removed],
    ["changed_since", ids.filter((id) => !gone.has(id))],
  ]);
}

/** Puts those back that are still off and still live. Outcomes: added, changed_since. */
async function runUndoRemove(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const { ids, operationId, sourceType, sourceId } = chunk;
  const added = await addToList(context, { listId: listOf(chunk), ids, sourceType, sourceId, operationId });
  const joined = new Set(added);
  return groups([
    ["added", added],
    ["changed_since", ids.filter((id) => !joined.has(id))],
  ]);
}

function groups(found: readonly (readonly [outcome: string, contactIds: readonly string[]])[]): Outcome[] {
  return found
    .map(([outcome, contactIds]) => ({ outcome, contactIds }))
    .filter(({ contactIds }) => contactIds.length > 0);
}

export const operationKinds: OperationKind[] = [
  {
    name: "add_to_list",
    permission,
    writes,
    runChunk: runAdd,
    undo: { kind: "undo_add_to_list", outcomes: ["added"] },
  },
  {
    name: "remove_from_list",
    permission,
    writes,
    runChunk: runRemove,
    undo: { kind: "undo_remove_from_list", outcomes: ["removed"] },
  },
  { name: "undo_add_to_list", permission, writes, runChunk: runUndoAdd },
  { name: "undo_remove_from_list", permission, writes, runChunk: runUndoRemove },
];
