import type { Context } from "#server/platform/context.ts";
import { recordPropertyChangesFrom } from "#server/properties/record-property-changes.ts";
import {
  changedValues,
  createdValues,
  insertStaged,
  insertStagedEmails,
  lockContacts,
  type Pairing,
  replacePrimaries,
  reserveIds,
  updateFromStaged,
} from "./queries.ts";
import type { StagedRows } from "./staged-rows.ts";

interface Origin {
  readonly importId: string;
  readonly operationId: string;
}

interface Created {
  /** The new contacts, in the order of their lines. */
  readonly created: Pairing;
  /** Lines whose address somebody else took meanwhile: they are matches now. */
  readonly lost: string[];
}

/** Makes a contact of each line, with its address and history, in the caller's transaction. */
export async function createStagedContacts(
  context: Context,
  staged: StagedRows,
  { lines, withEmail, ...origin }: Origin & { lines: readonly string[]; withEmail: ReadonlySet<string> },
): Promise<Created> {
  if (lines.length === 0) return { created: { lines: [], ids: [] }, lost: [] };
  const ids = await reserveIds(context, lines.length);
  const claimed = staged.hasEmail
    ? new Set(await insertStagedEmails(context, staged, { lines, ids }))
    : new Set<string>();
  const kept = lines.map((line, i) => !withEmail.has(line) || claimed.has(ids[i] as string));
  const created = { lines: lines.filter((_, i) => kept[i]), ids: ids.filter((_, i) => kept[i]) };
  await insertStaged(context, staged, { ...created, sourceId: origin.importId });
  await recordPropertyChangesFrom(context, createdValues(staged, created), historyOf(origin));
  return { created, lost: lines.filter((_, i) => !kept[i]) };
}

interface Updated {
  readonly changedIds: string[];
  /** Contacts that were deleted meanwhile, or whose new address somebody else took. */
  readonly gone: string[];
}

/** Writes filled cells over known contacts where they differ, with one history row for each contact that changes. */
export async function updateStagedContacts(
  context: Context,
  staged: StagedRows,
  { lines, ids, moveEmail, ...origin }: Origin & Pairing & { moveEmail: boolean },
): Promise<Updated> {
  if (ids.length === 0) return { changedIds: [], gone: [] };
  const living = new Set(await lockContacts(context, ids));
  const taken = moveEmail ? await replacePrimaries(context, staged, only({ lines, ids }, living)) : [];
  for (const id of taken) living.delete(id);
  const pairing = only({ lines, ids }, living);
  const values = changedValues(context, staged, { ...pairing, withEmail: moveEmail });
  const changedIds = await recordPropertyChangesFrom(context, values, historyOf(origin));
  if (changedIds.length > 0) {
    const changed = only(pairing, new Set(changedIds));
    await updateFromStaged(context, staged, { ...changed, withEmail: moveEmail });
  }
  return { changedIds, gone: ids.filter((id) => !living.has(id)) };
}

function only({ lines, ids }: Pairing, kept: ReadonlySet<string>): Pairing {
  return { lines: lines.filter((_, i) => kept.has(ids[i] as string)), ids: ids.filter((id) => kept.has(id)) };
}

function historyOf({ importId, operationId }: Origin) {
  return { sourceType: "IMPORT", sourceId: importId, operationId };
}
