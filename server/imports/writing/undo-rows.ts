import { deleteContacts } from "#server/contacts/deletion/delete-contacts.ts";
import { revertStagedContacts } from "#server/contacts/staged/revert-staged-contacts.ts";
import { undoStatus } from "#server/marketing-status/status/undo-status.ts";
import type { Chunk, Outcome } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import { liftFacts } from "#server/subscriptions/lift-facts.ts";
import { selectCreated } from "./queries.ts";

/**
 * Takes an import back: contacts it created and nothing has touched since are deleted, changed values go back where
 * they are still the import's, opt-outs and status it set are lifted. What others changed since stays and is named.
 */
export async function undoRows(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const undone = String(chunk.params["undoneId"]);
  const importId = String(chunk.params["importId"]);
  const { operationId } = chunk;
  const { created, untouched } = await selectCreated(context, { ids: chunk.ids, operationId: undone });
  const source = { sourceType: "CONTACT_IMPORT", sourceId: importId, operationId } as const;
  const deleted = await deleteContacts(context, { ids: untouched, ...source });
  const gone = new Set(deleted);
  const isCreated = new Set(created);
  const updated = chunk.ids.filter((id) => !isCreated.has(id));
  const reverted = new Set(
    await revertStagedContacts(context, { ids: updated, undone, operationId, importId }),
  );
  const lifted = await liftFacts(context, { ids: updated, kinds: ["opt_out", "bounce"], recordedBy: undone });
  for (const id of lifted.lifted) reverted.add(id);
  for (const id of await undoneStatus(context, { ids: updated, ...source }, undone)) reverted.add(id);
  const rest = chunk.ids.filter((id) => !gone.has(id) && !reverted.has(id));
  return [
    { outcome: "deleted", contactIds: deleted },
    { outcome: "restored", contactIds: [...reverted] },
    { outcome: "changed_since", contactIds: rest },
  ].filter(({ contactIds }) => contactIds.length > 0);
}

type Source = Omit<Parameters<typeof undoStatus>[1], "entry">;

async function undoneStatus(context: Context, source: Source, undone: string): Promise<string[]> {
  if (source.ids.length === 0) return [];
  const outcomes = await undoStatus(context, { ...source, entry: { operationId: undone } });
  return outcomes
    .filter(({ outcome }) =>
      ["unscheduled", "set_marketing", "undone", "scheduled", "unheld"].includes(outcome),
    )
    .flatMap(({ contactIds }) => contactIds);
}
