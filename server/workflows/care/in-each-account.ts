import type { Context } from "#server/platform/context.ts";
import { log } from "#server/platform/log.ts";

/**
 * Does something in one account after another. Where it fails the error is logged and the others go on; whoever calls
 * comes by again, so the failed one is tried again too.
 */
export async function inEachAccount(
  context: Context,
  accountIds: readonly string[],
  act: (context: Context) => Promise<unknown>,
): Promise<void> {
  for (const accountId of accountIds) {
    if (context.signal?.aborted) return;
    await guarded(() => act({ ...context, accountId }), { accountId });
  }
}

/** Nothing where it has failed. */
export async function guarded<Result>(
  act: () => Promise<Result>,
  where: Readonly<Record<string, string>>,
): Promise<Result | undefined> {
  try {
    return await act();
  } catch (err) {
    log.error({ err, ...where }, "Workflows of an account failed; they are tried again");
    return undefined;
  }
}
