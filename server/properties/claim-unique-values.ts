import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Property } from "./property.ts";
import { deleteUniqueValues, insertOwnUniqueValues, insertUniqueValue } from "./queries.ts";

interface Claim {
  readonly contactId: string;
  readonly property: Property;
  readonly value: string | null;
}

/**
 * Makes a value of a unique property this contact's, and gives up the one it had.
 * Refuses (`conflict`) when another contact has it; under concurrency exactly one gets it.
 */
export async function claimUniqueValue(context: Context, claim: Claim): Promise<void> {
  const { contactId, property, value } = claim;
  await deleteUniqueValues(context, { contactIds: [contactId], property: property.name });
  if (value === null) return;
  if (!(await insertUniqueValue(context, { contactId, property: property.name, value }))) {
    throw new AppError("conflict", "properties:unique_taken", {
      property: property.name,
      label: property.label,
      value,
    });
  }
}

export interface LostValue {
  readonly contactId: string;
  readonly property: string;
  readonly value: string;
}

/** Gives restored contacts back the unique values that are still free; returns the others. */
export async function reclaimUniqueValues(
  context: Context,
  contactIds: readonly string[],
): Promise<LostValue[]> {
  return insertOwnUniqueValues(context, contactIds);
}

/** Deleted contacts hold no value against living ones. */
export async function releaseUniqueValues(context: Context, contactIds: readonly string[]): Promise<void> {
  await deleteUniqueValues(context, { contactIds });
}
