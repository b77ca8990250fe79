import type { Context } from "#server/platform/context.ts";
import { insertChanges } from "./queries.ts";

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
