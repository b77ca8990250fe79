import type { Context } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { selectUndecided, wakeDecided } from "./queries.ts";

/**
 * Decisions wake those who wait for them by themselves; this finds the one that fell while somebody was just coming to
 * wait.
 */
export async function wakeForgotten(context: Context): Promise<void> {
  await eachAccount(context, await selectUndecided(context), wakeDecided);
}
