import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { findRole, requireOwn } from "../roles/find-role.ts";
import { deleteSessionsOf } from "../sessions/queries.ts";
import { listMemberRows, lockMembers, type MemberRow, updateMember } from "./queries.ts";

interface Input {
  readonly id: string;
  readonly roleId?: string | undefined;
  readonly active?: boolean | undefined;
}

/**
 * Gives somebody another role, or closes and opens the account to them. Their sessions end, so that what they may do
 * is never what they could. The last Super Admin stays.
 */
export function updateUser(context: Context, { id, roleId, active }: Input): Promise<void> {
  return inTransaction(context, async (context) => {
    await lockMembers(context);
    const members = await listMemberRows(context);
    const member = members.find((member) => member.id === id);
    if (member === undefined) throw new AppError("not_found", "accounts:user_not_found");
    const before = await findRole(context, member.roleId);
    const after = await findRole(context, roleId ?? member.roleId);
    requireOwn(context, [...before.permissions, ...after.permissions]);
    const stays = (active ?? member.active) && after.key === "super-admin";
    if (before.key === "super-admin" && member.active && !stays) requireAnotherAdmin(members, member);
    await updateMember(context, { userId: id, roleId, active });
    await deleteSessionsOf(context.db, id);
    await recordEvent(context, { type: "user.updated", details: { userId: id, roleId, active } });
  });
}

function requireAnotherAdmin(members: readonly MemberRow[], { id, roleId }: MemberRow): void {
  const others = members.filter((member) => member.active && member.roleId === roleId && member.id !== id);
  if (others.length === 0) throw new AppError("conflict", "accounts:last_admin");
}
