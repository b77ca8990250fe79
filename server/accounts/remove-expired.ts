import type { Context } from "#server/platform/context.ts";
import { deleteExpired } from "./sessions/queries.ts";

/** Forgets sessions, links and counted attempts whose time has passed. They have not worked since. */
export async function removeExpired(context: Context): Promise<void> {
  await deleteExpired(context);
}
