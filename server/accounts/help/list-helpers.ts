import type { Context } from "#server/platform/context.ts";
import { listMembers } from "../roles/granters.ts";

/** The account's admins: who manages its users and can sign in now. */
export async function listHelpers(context: Context): Promise<{ people: { id: string; name: string }[] }> {
  const members = await listMembers(context);
  const people = members
    .filter(({ permissions }) => permissions.has("users.edit"))
    .map(({ id, name }) => ({ id, name }));
  return { people };
}
