import type { Permission } from "#contract/permissions.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { listRoleRows } from "./queries.ts";
import { beyond, permissionsOf } from "./role.ts";

interface FoundRole {
  readonly id: string;
  readonly key: string | null;
  readonly name: string | null;
  readonly permissions: readonly Permission[];
}

/** A role of the account; refuses an id that is none. */
export async function findRole(context: Context, id: string): Promise<FoundRole> {
  const row = (await listRoleRows(context)).find((role) => role.id === id);
  if (row === undefined) throw new AppError("not_found", "accounts:role_not_found");
  return { ...row, permissions: permissionsOf(row.key, row.permissions) };
}

/** Refuses, naming the first, when the actor lacks one of the permissions to be given or taken. */
export function requireOwn({ actor }: Context, permissions: readonly Permission[]): void {
  const [permission] = beyond(actor.permissions, permissions);
  if (permission !== undefined)
    throw new AppError("not_allowed", "accounts:beyond_own_permissions", { permission });
}
