import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { anyUser, insertSetupLink, setupLinkValid } from "./queries.ts";
import { hashSecret, newSecret } from "./secret.ts";

const VALID_HOURS = 24;

/** Whether nobody has a login yet, so that the first set-up is still to be done. */
export async function setupNeeded({ db }: Context): Promise<boolean> {
  return !(await anyUser(db));
}

/**
 * Makes the one-time link of the first set-up, valid for a day; an earlier one stops working.
 * `path` is to be shown behind the installation's address. Refuses once somebody has a login.
 */
export function createSetupLink(context: Context): Promise<{ path: string; validHours: number }> {
  return inTransaction(context, async (context) => {
    if (!(await setupNeeded(context))) throw new AppError("conflict", "accounts:already_set_up");
    const secret = newSecret();
    await insertSetupLink(context, hashSecret(secret), VALID_HOURS);
    return { path: `/setup#${secret}`, validHours: VALID_HOURS };
  });
}

export async function checkSetupLink(
  context: Context,
  { token }: { token: string },
): Promise<{ valid: boolean }> {
  const valid = (await setupNeeded(context)) && (await setupLinkValid(context, hashSecret(token)));
  return { valid };
}
