import type { Language } from "#contract/languages.ts";
import type { Permission } from "#contract/permissions.ts";
import type { Context } from "#server/platform/context.ts";
import { hasAsked } from "../users/queries.ts";
import { listActiveMembers } from "./queries.ts";
import { permissionsOf } from "./role.ts";

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Who can open the account now, and what each may do. */
export async function listMembers(context: Context): Promise<Member[]> {
  const members = await listActiveMembers(context);
  return members.map(({ roleKey, permissions, ...person }) => ({
    ...person,
    permissions: new Set(permissionsOf(roleKey, permissions)),
  }));
}

/** Who can give somebody the permission: they manage users and have it themselves. */
export async function listGranters(
  context: Context,
  { permission }: { permission: Permission },
): Promise<{ granters: { id: string; name: string }[]; asked: boolean }> {
  const members = await listMembers(context);
  const granters = members
    .filter(({ permissions }) => permissions.has("users.edit") && permissions.has(permission))
    .map(({ id, name }) => ({ id, name }));
  return { granters, asked: await hasAsked(context, permission) };
}

/** Who works in the account, by name: whom one can tell something. */
export async function listMemberNames(
  context: Context,
): Promise<{ members: { id: string; name: string }[] }> {
  const members = await listMembers(context);
  return { members: members.map(({ id, name }) => ({ id, name })) };
}
