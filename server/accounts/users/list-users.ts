import type { Context } from "#server/platform/context.ts";
import {
  type InvitationRow,
  listInvitationRows,
  listMemberRows,
  listRequestRows,
  type MemberRow,
  type RequestRow,
} from "./queries.ts";

/** Who is in the account, and who is invited. */
export async function listUsers(
  context: Context,
): Promise<{ users: MemberRow[]; invitations: InvitationRow[] }> {
  return { users: await listMemberRows(context), invitations: await listInvitationRows(context) };
}

/** What people of the account have asked for and nobody has answered yet. */
export async function listRequests(context: Context): Promise<{ requests: RequestRow[] }> {
  return { requests: await listRequestRows(context) };
}
