import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { builtInGroups } from "./built-in-properties.ts";
import { freeName, nameFromLabel } from "./property-name.ts";
import { deleteGroup, insertGroup, listGroups, saveGroup } from "./queries.ts";
import { requireOwnGroup } from "./require-group.ts";

interface NewGroup {
  readonly label: string;
  readonly name?: string | undefined;
}

export function createPropertyGroup(
  context: Context,
  { label, name: wanted }: NewGroup,
): Promise<{ name: string }> {
  return inTransaction(context, async (context) => {
    const taken = new Set([...builtInGroups, ...(await listGroups(context)).map((group) => group.name)]);
    const name = wanted ?? freeName(nameFromLabel(label), taken);
    if (taken.has(name) || !(await insertGroup(context, { name, label }))) {
      throw new AppError("conflict", "properties:group_name_taken", { name });
    }
    await recordEvent(context, { type: "property_group.created", details: { name } });
    return { name };
  });
}

interface GroupChange {
  readonly name: string;
  readonly label?: string | undefined;
  readonly displayOrder?: number | undefined;
}

export function updatePropertyGroup(context: Context, input: GroupChange): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    const group = await requireOwnGroup(context, input.name);
    await saveGroup(context, {
      name: group.name,
      label: input.label ?? group.label,
      displayOrder: input.displayOrder ?? group.displayOrder,
    });
    await recordEvent(context, { type: "property_group.updated", details: { name: group.name } });
    return {};
  });
}

/** Only an empty group can go; archived properties in it move to the first group. */
export function deletePropertyGroup(
  context: Context,
  { name }: { name: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    const { label } = await requireOwnGroup(context, name);
    if (!(await deleteGroup(context, { name, heir: builtInGroups[0] }))) {
      throw new AppError("conflict", "properties:group_in_use", { label });
    }
    await recordEvent(context, { type: "property_group.deleted", details: { name } });
    return {};
  });
}
