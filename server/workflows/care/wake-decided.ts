import type { Context } from "#server/platform/context.ts";
import { inEachAccount } from "./in-each-account.ts";
import { selectUndecided, wakeDecided } from "./queries.ts";

/**
 * Decisions wake those who wait for them by themselves; this finds the one that fell while somebody was just coming to
 * wait.
 */
export async function wakeForgotten(context: Context): Promise<void> {
  await inEachAccount(context, await selectUndecided(context), wakeDecided);
}
