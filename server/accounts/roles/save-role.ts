import type { Permission } from "#contract/permissions.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { findRole, requireOwn } from "./find-role.ts";
import {
  deleteRoleRow,
  deleteSessionsOfRole,
  insertRole,
  roleInUse,
  roleNameTaken,
  updateRoleRow,
} from "./queries.ts";

interface Input {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** Makes a role of the account's own. */
export function createRole(context: Context, input: Input): Promise<{ id: string }> {
  requireOwn(context, input.permissions);
  return inTransaction(context, async (context) => {
    const permissions = [...new Set(input.permissions)];
    const id = await insertRole(context, { name: input.name, permissions });
    if (id === null) throw new AppError("conflict", "accounts:role_name_taken", { name: input.name });
    await recordEvent(context, { type: "role.created", details: { roleId: id, permissions } });
    return { id };
  });
}

/** Changes a role of the account's own; it holds for everybody who has it from their next request. */
export function updateRole(context: Context, input: Input & { readonly id: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    const { id, name } = input;
    const before = await findOwnRole(context, id);
    requireOwn(context, [...before.permissions, ...input.permissions]);
    if (await roleNameTaken(context, name, id))
      throw new AppError("conflict", "accounts:role_name_taken", { name });
    const permissions = [...new Set(input.permissions)];
    await updateRoleRow(context, { id, name, permissions });
    await deleteSessionsOfRole(context, id);
    await recordEvent(context, { type: "role.updated", details: { roleId: id, permissions } });
  });
}

/** Removes a role that nobody has; invitations to it end. */
export function deleteRole(context: Context, { id }: { id: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    requireOwn(context, (await findOwnRole(context, id)).permissions);
    if (await roleInUse(context, id)) throw new AppError("conflict", "accounts:role_in_use");
    await deleteRoleRow(context, id);
    await recordEvent(context, { type: "role.deleted", details: { roleId: id } });
  });
}

async function findOwnRole(context: Context, id: string): Promise<{ permissions: readonly Permission[] }> {
  const role = await findRole(context, id);
  if (role.key !== null) throw new AppError("not_allowed", "accounts:role_built_in");
  return role;
}
