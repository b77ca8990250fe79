import { type BuiltInRole, builtInRoles, type Permission, permissions } from "#contract/permissions.ts";

/** What a role allows now: built-in ones as this program says, own ones as stored. */
export function permissionsOf(key: string | null, stored: readonly string[] | null): readonly Permission[] {
  if (key !== null) return isBuiltInRole(key) ? builtInRoles[key] : [];
  return (stored ?? []).filter(isPermission);
}

export function isBuiltInRole(key: string): key is BuiltInRole {
  return Object.hasOwn(builtInRoles, key);
}

/** A permission that only a later or earlier version knows is none here. */
export function isPermission(name: string): name is Permission {
  return (permissions as readonly string[]).includes(name);
}

/** Nobody gives or takes what they do not have themselves: managing users must not be a way to everything. */
export function beyond(own: ReadonlySet<Permission>, wanted: readonly Permission[]): Permission[] {
  return wanted.filter((permission) => !own.has(permission));
}
