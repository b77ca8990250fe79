import type { z } from "zod";
import type { me } from "#contract/accounts.ts";
import type { Context } from "#server/platform/context.ts";
import { setupNeeded } from "../setup-link.ts";
import { findUser, listAccountsOf } from "./queries.ts";

type Me = z.input<typeof me.reply>;

/** Who is signed in, where they are and what they may do; signed out, whether set-up is still to be done. */
export async function getMe(context: Context): Promise<Me> {
  const { actor, accountId, db } = context;
  const user = actor.type === "user" && actor.id !== null ? await findUser(db, actor.id) : undefined;
  if (user === undefined) {
    return {
      setupNeeded: await setupNeeded(context),
      user: null,
      account: null,
      accounts: [],
      permissions: [],
    };
  }
  const accounts = await listAccountsOf(db, user.id);
  const account = accounts.find(({ id }) => id === accountId) ?? null;
  return {
    setupNeeded: false,
    user,
    account,
    accounts: accounts.map(({ id, name }) => ({ id, name })),
    permissions: [...actor.permissions],
  };
}
