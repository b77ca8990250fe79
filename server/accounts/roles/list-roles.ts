import type { z } from "zod";
import type { listRoles as endpoint } from "#contract/users.ts";
import type { Context } from "#server/platform/context.ts";
import { listRoleRows } from "./queries.ts";
import { isBuiltInRole, permissionsOf } from "./role.ts";

/** The account's roles with what they allow now and how many people have them. */
export async function listRoles(context: Context): Promise<z.input<typeof endpoint.reply>> {
  const rows = await listRoleRows(context);
  const roles = rows.map(({ id, key, name, permissions, users }) => ({
    id,
    key: key !== null && isBuiltInRole(key) ? key : null,
    name,
    permissions: [...permissionsOf(key, permissions)],
    users,
  }));
  return { roles };
}
