import type { RawBuilder } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { insertChanges, insertChangesFrom } from "./queries.ts";

/** What caused a change of values, as the history tells it. */
export interface ChangeOrigin {
  /** `CRM_UI`, `IMPORT`, `API`, `FORM`, `MERGE`, `RESTORE`, `UNDO` and the like. */
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly operationId?: string | null;
}

/** Canonical values by property name, only of those that changed; null is "no value". */
export type Values = Readonly<Record<string, string | null>>;

export interface ValueChange {
  readonly contactId: string;
  readonly oldValues: Values;
  readonly newValues: Values;
}

/**
 * Adds to the history: one row per contact and write, whatever the number of values.
 * In the transaction of the write itself; set-based, for one contact or thousands.
 */
export async function recordPropertyChanges(
  context: Context,
  changes: readonly ValueChange[],
  origin: ChangeOrigin,
): Promise<void> {
  if (changes.length > 0) await insertChanges(context, changes, origin);
}

/**
 * The same for bulk work that never leaves the database: a select of contact_id, old_values, new_values.
 * Answers the contacts it wrote of.
 */
export function recordPropertyChangesFrom(
  context: Context,
  changes: RawBuilder<unknown>,
  origin: ChangeOrigin,
): Promise<string[]> {
  return insertChangesFrom(context, changes, origin);
}
