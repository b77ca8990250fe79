import type { Permission } from "#contract/permissions.ts";
import { createAccount } from "#server/accounts/create-account.ts";
import { createInstallation } from "#server/accounts/create-installation.ts";
import { createUser } from "#server/accounts/create-user.ts";
import { listRoles } from "#server/accounts/roles/list-roles.ts";
import { createRole } from "#server/accounts/roles/save-role.ts";
import { startSession } from "#server/accounts/sessions/start-session.ts";
import { createToken } from "#server/accounts/tokens/create-token.ts";
import { acceptInvitation } from "#server/accounts/users/accept-invitation.ts";
import { inviteUser } from "#server/accounts/users/invite-user.ts";
import type { Database } from "#server/platform/database.ts";
import { buildContext } from "./build.ts";

export const PASSWORD = "correct horse";

interface Person {
  readonly userId: string;
  readonly email: string;
  readonly accountId: string;
  /** A living session, as a cookie header. */
  readonly cookie: string;
}

const place = { language: "en", timeZone: "Europe/Stockholm" } as const;
let people = 0;

/** An account of its own with its Super Admin, who is an operator too when they are the installation's first. */
export async function buildOwner(db: Database, accountName = `Account ${++people}`): Promise<Person> {
  const context = buildContext(db, { actor: { type: "command", id: null }, accountId: "" });
  const email = `owner${++people}@example.test`;
  const login = { email, name: `Owner ${people}`, password: PASSWORD, ...place };
  const { userId, accountId } = await createInstallation(context, { ...login, accountName });
  return { userId, email, accountId, cookie: await signedIn(db, userId, accountId) };
}

/** Somebody in an account whose role allows exactly this: a built-in role by its key, or permissions. */
export async function buildMember(
  db: Database,
  accountId: string,
  allowed: string | readonly Permission[],
): Promise<Person> {
  const context = buildContext(db, { accountId, actor: { id: null, type: "command" } });
  const email = `member${++people}@example.test`;
  const roleId = typeof allowed === "string" ? await roleByKey() : await ownRole(allowed);
  const { path } = await inviteUser(context, { email, roleId });
  const token = path.split("#")[1] ?? "";
  const name = `Member ${people}`;
  const { secret } = await acceptInvitation(context, {
    token,
    password: PASSWORD,
    name,
    address: "192.0.2.9",
  });
  const [user] = (await db.selectFrom("app_user").select("id").where("email", "=", email).execute()) ?? [];
  return { userId: String(user?.id), email, accountId, cookie: `headroom=${secret}` };

  async function roleByKey(): Promise<string> {
    const { roles } = await listRoles(context);
    return String(roles.find(({ key }) => key === allowed)?.id);
  }
  async function ownRole(permissions: readonly Permission[]): Promise<string> {
    return (await createRole(context, { name: `Role ${++people}`, permissions })).id;
  }
}

/** A login without any account. */
export async function buildStranger(db: Database): Promise<Omit<Person, "accountId">> {
  const email = `stranger${++people}@example.test`;
  const context = buildContext(db);
  const { userId } = await createUser(context, { email, name: "Stranger", password: PASSWORD, ...place });
  return { userId, email, cookie: await signedIn(db, userId, null) };
}

/** A further account for somebody. */
export async function buildAccount(db: Database, userId: string): Promise<string> {
  const { accountId } = await createAccount(buildContext(db), {
    name: `Account ${++people}`,
    ...place,
    userId,
  });
  return accountId;
}

/** A token of an account that may see contacts. */
export function buildToken(db: Database, accountId: string): Promise<{ id: string; token: string }> {
  return createToken(buildContext(db, { accountId }), { name: "Test", permissions: ["contacts.view"] });
}

async function signedIn(db: Database, userId: string, accountId: string | null): Promise<string> {
  const { secret } = await startSession(buildContext(db), { userId, accountId, address: "192.0.2.1" });
  return `headroom=${secret}`;
}
