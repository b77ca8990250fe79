import type { SourceType } from "#server/marketing-status/marketing-status.ts";
import type { Chunk, Outcome } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import { originOf } from "../contact-origin.ts";
import { deleteContacts } from "../deletion/delete-contacts.ts";
import { selectDeletedBy } from "../deletion/queries.ts";
import { restoreContacts } from "../deletion/restore-contacts.ts";
import { groups } from "./edit-property.ts";

function sourceOf({ operationId, sourceType, sourceId }: Chunk) {
  return { operationId, sourceType: sourceType as SourceType, sourceId };
}

/** Deletes a chunk of contacts. Outcomes: deleted, missing. */
export async function runDeleteContacts(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const deleted = await deleteContacts(context, { ids: chunk.ids, ...sourceOf(chunk) });
  return groups(chunk, { deleted }, "missing");
}

/**
 * Restores those of a chunk that are still deleted by that operation.
 * Outcomes: restored, restored_without_email (somebody else has an address now), restored_held and restored_refused
 * (there is no room for them to count again), changed_since.
 */
export async function runUndoDeleteContacts(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const operationId = String(chunk.params["undoneId"]);
  const ids = await selectDeletedBy(context, { ids: chunk.ids, operationId });
  const origin = { ...originOf(context), operationId: chunk.operationId };
  const { restored, taken, withoutRoom } = await restoreContacts(context, {
    ids,
    ...sourceOf(chunk),
    origin,
  });
  const { held, refused } = withoutRoom;
  const beyond = new Set([...held, ...refused]);
  const incomplete = new Set(taken.map(({ contactId }) => contactId));
  const others = restored.filter((id) => !beyond.has(id));
  return groups(
    chunk,
    {
      restored: others.filter((id) => !incomplete.has(id)),
      restored_without_email: others.filter((id) => incomplete.has(id)),
      restored_held: held,
      restored_refused: refused,
    },
    "changed_since",
  );
}
