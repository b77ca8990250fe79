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
    await guarded(() => work({ ...context, accountId }), { account: accountId });
  }
}

/** Nothing where it has failed: the error is logged with where it happened. */
export async function guarded<Result>(
  work: () => Promise<Result>,
  where: Readonly<Record<string, string>>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    log.error({ err: error, ...where }, "work of an account failed");
    return undefined;
  }
}
