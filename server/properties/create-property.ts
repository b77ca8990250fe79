import type { z } from "zod";
import type { createProperty as endpoint } from "#contract/properties.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { builtInProperties, builtInProperty } from "./built-in-properties.ts";
import { readOptions, requireFieldType, requireUniqueAllowed } from "./property-definition.ts";
import { freeName, nameFromLabel } from "./property-name.ts";
import { insertProperty, listNames } from "./queries.ts";
import { requireGroup } from "./require-group.ts";

/** Every property costs each filter panel and record page a little; nobody has shown a need for more. */
const MAX_PROPERTIES = 1_000;

/** Makes a property of the account's own. Its name comes from the label unless one is given. */
export function createProperty(
  context: Context,
  input: z.output<typeof endpoint.input>,
): Promise<{ name: string }> {
  return inTransaction(context, async (context) => {
    requireFieldType(input.type, input.fieldType);
    requireUniqueAllowed(input.type, input.hasUniqueValue);
    const options = readOptions(input.type, input.options);
    await requireGroup(context, input.groupName);
    const name = await chooseName(context, input);
    if (!(await insertProperty(context, { ...input, name, options }))) throw nameTaken(name);
    await recordEvent(context, { type: "property.created", details: { name, type: input.type } });
    return { name };
  });
}

/** What filters call something else by: the lists a contact is in. */
const reserved = ["lists"];

async function chooseName(context: Context, { name, label }: { name?: string | undefined; label: string }) {
  const own = await listNames(context);
  if (own.length >= MAX_PROPERTIES) {
    throw new AppError("conflict", "properties:too_many", { limit: MAX_PROPERTIES });
  }
  if (name === undefined) {
    return freeName(
      nameFromLabel(label),
      new Set([...own, ...reserved, ...builtInProperties.map((property) => property.name)]),
    );
  }
  if (builtInProperty(name) || reserved.includes(name)) throw nameTaken(name);
  return name;
}

function nameTaken(name: string): AppError {
  return new AppError("conflict", "properties:name_taken", { name });
}
