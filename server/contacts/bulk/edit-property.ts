import { recordEvent } from "#server/events/record-event.ts";
import type { Chunk, Outcome } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import type { Property } from "#server/properties/property.ts";
import { recordPropertyChanges, type ValueChange } from "#server/properties/record-property-changes.ts";
import { type EditedRow, editProperty, editValues, revertProperty } from "./queries.ts";

/** Sets one property of a chunk of contacts. Outcomes: edited, unchanged, missing. */
export async function runEditProperty(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const property = await requireEditable(context, String(chunk.params["property"]));
  const value = typeof chunk.params["value"] === "string" ? chunk.params["value"] : null;
  const rows = await editProperty(context, { ids: chunk.ids, property, value });
  return recordEdit(context, { chunk, property, rows, valueOf: () => value });
}

/** The same with a value of its own for each contact. */
export async function runEditValues(
  context: Context,
  chunk: Chunk,
  values: ReadonlyMap<string, string | null>,
): Promise<Outcome[]> {
  const property = await requireEditable(context, String(chunk.params["property"]));
  const rows = await editValues(context, { property, values });
  return recordEdit(context, { chunk, property, rows, valueOf: (id) => values.get(id) ?? null });
}

interface Edited {
  readonly chunk: Chunk;
  readonly property: Property;
  readonly rows: readonly EditedRow[];
  readonly valueOf: (contactId: string) => string | null;
}

async function recordEdit(context: Context, { chunk, property, rows, valueOf }: Edited): Promise<Outcome[]> {
  const edited = rows.filter(({ changed }) => changed);
  const changes = edited.map(({ id, before }) => ({
    contactId: id,
    oldValues: { [property.name]: before },
    newValues: { [property.name]: valueOf(id) },
  }));
  await writeHistory(context, { chunk, changes, property });
  const unchanged = rows.filter(({ changed }) => !changed);
  return groups(chunk, { edited: idsOf(edited), unchanged: idsOf(unchanged) }, "missing");
}

/** Takes an edit back where nothing changed the value since. Outcomes: reverted, changed_since. */
export async function runUndoEditProperty(context: Context, chunk: Chunk): Promise<Outcome[]> {
  const property = await requireEditable(context, String(chunk.params["property"]));
  const operationId = String(chunk.params["undoneId"]);
  const rows = await revertProperty(context, { ids: chunk.ids, property, operationId });
  const changes = rows.map(({ id, from, to }) => ({
    contactId: id,
    oldValues: { [property.name]: from },
    newValues: { [property.name]: to },
  }));
  await writeHistory(context, { chunk, changes, property });
  return groups(chunk, { reverted: idsOf(rows) }, "changed_since");
}

/** A property that can be set to one value for many: not read-only, and not unique. */
export async function requireEditable(context: Context, name: string): Promise<Property> {
  const property = (await loadCatalogue(context)).get(name);
  if (!property)
    throw new AppError("invalid_input", "properties:value_problem.unknown_property", {
      property: name,
      name,
    });
  const { label } = property;
  if (property.readOnly) {
    throw new AppError("invalid_input", "properties:value_problem.read_only", { property: name, label });
  }
  if (property.hasUniqueValue)
    throw new AppError("invalid_input", "contacts:edit_unique", { property: name, label });
  return property;
}

interface Writing {
  readonly chunk: Chunk;
  readonly changes: readonly ValueChange[];
  readonly property: Property;
}

async function writeHistory(context: Context, { chunk, changes, property }: Writing): Promise<void> {
  if (changes.length === 0) return;
  const { operationId } = chunk;
  await recordPropertyChanges(context, changes, {
    sourceType: chunk.sourceType === "WORKFLOW" ? "WORKFLOW" : "CRM_UI",
    sourceId: chunk.sourceId,
    operationId,
  });
  await recordEvent(context, {
    type: "contact.updated",
    operationId,
    details: { contacts: changes.length, properties: [property.name] },
  });
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

/** The groups that are not empty, and in `rest` every id of the chunk that is in none of them. */
export function groups(
  chunk: Chunk,
  found: Readonly<Record<string, readonly string[]>>,
  rest: string,
): Outcome[] {
  const known = new Set(Object.values(found).flat());
  const others = chunk.ids.filter((id) => !known.has(id));
  return Object.entries({ ...found, [rest]: others })
    .map(([outcome, contactIds]) => ({ outcome, contactIds }))
    .filter(({ contactIds }) => contactIds.length > 0);
}
