import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { normaliseEmail } from "../account.ts";
import { isMailConfigured } from "../mail/mail-settings.ts";
import { findUserId } from "../queries.ts";
import { throttleResets } from "../sessions/throttle.ts";
import { queueResetMail } from "./mail-links.ts";
import { startPasswordReset } from "./reset-password.ts";

/**
 * Mails a link for a new password to who has a login with the address. It answers the same when nobody has, so that
 * it does not tell who is here. Refuses where no mail is set up: there the operator makes the link.
 */
export async function requestPasswordReset(
  context: Context,
  input: { email: string; address: string },
): Promise<void> {
  if (!(await isMailConfigured(context))) throw new AppError("conflict", "accounts:reset_needs_operator");
  const email = normaliseEmail(input.email);
  await throttleResets(context, { email, address: input.address });
  await inTransaction(context, async (context) => {
    const userId = await findUserId(context.db, email);
    if (userId === null) return;
    await queueResetMail(context, await startPasswordReset(context, userId));
  });
}
