import type { Context } from "#server/platform/context.ts";
import { hashSecret } from "../secret.ts";
import { deleteSession } from "./queries.ts";

/** Ends one session. */
export async function signOut({ db }: Context, { secret }: { secret: string }): Promise<void> {
  await deleteSession(db, hashSecret(secret));
}
