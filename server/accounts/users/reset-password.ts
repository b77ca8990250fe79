import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { normaliseEmail } from "../account.ts";
import { findUserId } from "../queries.ts";
import { hashSecret, newSecret } from "../secret.ts";
import { hashPassword, requireGoodPassword } from "../sessions/password.ts";
import { deleteSessionsOf, setPasswordHash } from "../sessions/queries.ts";
import { findPasswordReset, insertPasswordReset } from "./queries.ts";

const VALID_MINUTES = 60;

/** Makes a one-time link with which a person chooses a new password, valid for an hour. For the command line. */
export function createPasswordReset(
  context: Context,
  input: { email: string },
): Promise<{ path: string; secret: string }> {
  return inTransaction(context, async (context) => {
    const userId = await requireLogin(context, input.email);
    const secret = await startPasswordReset(context, userId);
    return { path: `/reset-password#${secret}`, secret };
  });
}

/** A new secret with which the person chooses a password; an earlier one stops working. */
export async function startPasswordReset(context: Context, userId: string): Promise<string> {
  const secret = newSecret();
  await insertPasswordReset(context, { userId, tokenHash: hashSecret(secret), minutes: VALID_MINUTES });
  return secret;
}

export async function checkPasswordReset(
  context: Context,
  { token }: { token: string },
): Promise<{ valid: boolean }> {
  return { valid: (await findPasswordReset(context, hashSecret(token))) !== undefined };
}

/** Sets the password by a link, once; every session of the person ends. */
export async function resetPassword(
  context: Context,
  input: { token: string; password: string },
): Promise<void> {
  const tokenHash = hashSecret(input.token);
  const reset = await findPasswordReset(context, tokenHash);
  if (reset === undefined) throw invalid();
  requireGoodPassword(input.password, reset.email);
  const hash = await hashPassword(input.password);
  await inTransaction(context, async (context) => {
    // The hash took a while: of two that use the link at once, one wins.
    if ((await findPasswordReset(context, tokenHash)) === undefined) throw invalid();
    await replacePassword(context, reset.userId, hash);
  });
}

/** Sets a person's password outright: the command line's way when nobody can open a link. */
export async function setPassword(
  context: Context,
  input: { email: string; password: string },
): Promise<void> {
  const userId = await requireLogin(context, input.email);
  requireGoodPassword(input.password, normaliseEmail(input.email));
  const hash = await hashPassword(input.password);
  await inTransaction(context, (context) => replacePassword(context, userId, hash));
}

async function replacePassword({ db }: Context, userId: string, hash: string): Promise<void> {
  await setPasswordHash(db, userId, hash);
  await deleteSessionsOf(db, userId);
}

async function requireLogin({ db }: Context, email: string): Promise<string> {
  const userId = await findUserId(db, normaliseEmail(email));
  if (userId === null) throw new AppError("not_found", "accounts:login_not_found", { email });
  return userId;
}

function invalid(): AppError {
  return new AppError("not_found", "accounts:reset_link_invalid");
}
