import type { Context } from "#server/platform/context.ts";
import { builtInProperty } from "#server/properties/built-in-properties.ts";
import { reclaimUniqueValues, releaseUniqueValues } from "#server/properties/claim-unique-values.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { storedValue } from "#server/properties/property-value.ts";
import { recordPropertyChangesFrom } from "#server/properties/record-property-changes.ts";
import { lockContacts, revertibleValues, selectReversions, writeReversions } from "./queries.ts";

interface Reverting {
  readonly ids: readonly string[];
  /** The operation whose values go back. */
  readonly undone: string;
  readonly operationId: string;
  readonly importId: string;
}

/** Restores old values of contacts whose latest write is still the undone operation's; answers who went back. */
export async function revertStagedContacts(
  context: Context,
  { ids, undone, operationId, importId }: Reverting,
): Promise<string[]> {
  const living = await lockContacts(context, ids);
  if (living.length === 0) return [];
  const reversions = await selectReversions(context, { ids: living, operationId: undone });
  if (reversions.length === 0) return [];
  const catalogue = await loadCatalogue(context);
  const changes = reversions.map(({ contactId, values }) => {
    const built: Record<string, string | null> = {};
    const custom: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(values)) {
      const column = builtInProperty(name)?.column;
      const property = catalogue.get(name);
      if (column) built[column] = value;
      else if (property) custom[name] = value === null ? null : storedValue(property, value);
    }
    return { contactId, built, custom };
  });
  const revertible = revertibleValues(context, { ids: living, operationId: undone });
  const origin = { sourceType: "UNDO", sourceId: importId, operationId };
  const written = await recordPropertyChangesFrom(context, revertible, origin);
  await writeReversions(context, changes);
  await releaseUniqueValues(context, written);
  await reclaimUniqueValues(context, written);
  return written;
}
