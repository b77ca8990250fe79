import type { Context } from "./context.ts";
import { log } from "./log.ts";

/**
 * A background job's work, account by account, until the process stops. One that fails is logged and left to the job's
 * next run; the others go on.
 */
export async function eachAccount(
  context: Context,
  accountIds: readonly string[],
  work: (context: Context) => Promise<unknown>,
): Promise<void> {
  for (const accountId of accountIds) {
    if (context.signal?.aborted) return;
    try {
      await work({ ...context, accountId });
    } catch (error) {
      log.error({ err: error, account: accountId }, "work of an account failed");
    }
  }
}
