import type { z } from "zod";
import type { updateProperty as endpoint } from "#contract/properties.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { type Property, type PropertyOption, takesSeveral } from "./property.ts";
import { type NewOption, readOptions, removedValues, requireFieldType } from "./property-definition.ts";
import { type PropertyChanges, saveProperty, usedValue } from "./queries.ts";
import { requireGroup } from "./require-group.ts";

type Input = z.output<typeof endpoint.input>;

/** Changes what a property of the account's own is called, where it stands, and what it offers. */
export function updateProperty(context: Context, input: Input): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    const property = await requireOwnProperty(context, input.name);
    if (input.groupName !== undefined) await requireGroup(context, input.groupName);
    await saveProperty(context, input.name, await changesOf(context, property, input));
    await recordEvent(context, { type: "property.updated", details: { name: input.name } });
    return {};
  });
}

/** A property in use that the account made itself. */
export async function requireOwnProperty(context: Context, name: string): Promise<Property> {
  const property = (await loadCatalogue(context)).get(name);
  if (!property) throw new AppError("not_found", "properties:not_found", { name });
  if (property.builtIn)
    throw new AppError("conflict", "properties:property_built_in", { label: property.label });
  return property;
}

async function changesOf(context: Context, property: Property, input: Input): Promise<PropertyChanges> {
  const { label, description, groupName, displayOrder } = input;
  const fieldType = input.fieldType ?? property.fieldType;
  requireFieldType(property.type, fieldType);
  requireSameArity(property, fieldType);
  return {
    label: label ?? property.label,
    description: description ?? property.description,
    groupName: groupName ?? property.groupName,
    fieldType,
    options: input.options ? await optionsOf(context, property, input.options) : property.options,
    displayOrder: displayOrder ?? property.displayOrder,
  };
}

/** A single value is also a list of one; the other way round values would be lost. */
function requireSameArity(property: Property, fieldType: Property["fieldType"]): void {
  if (takesSeveral(property) && fieldType !== property.fieldType) {
    throw new AppError("invalid_input", "properties:field_type_wrong", { type: property.type, fieldType });
  }
}

async function optionsOf(
  context: Context,
  property: Property,
  given: NewOption[],
): Promise<PropertyOption[]> {
  const options = readOptions(property.type, given);
  const value = await usedValue(context, property, removedValues(property, options));
  if (value !== undefined) throw new AppError("conflict", "properties:option_in_use", { value });
  return options;
}
