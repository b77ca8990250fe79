import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadGroups } from "./load-catalogue.ts";
import type { PropertyGroup } from "./property.ts";

export async function requireGroup(context: Context, name: string): Promise<PropertyGroup> {
  const group = (await loadGroups(context)).find((group) => group.name === name);
  if (!group) throw new AppError("not_found", "properties:group_not_found", { name });
  return group;
}

/** The group, if it is the account's own. */
export async function requireOwnGroup(context: Context, name: string): Promise<PropertyGroup> {
  const group = await requireGroup(context, name);
  if (group.builtIn) throw new AppError("conflict", "properties:group_built_in", { label: group.label });
  return group;
}
