import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { hashPassword, requireGoodPassword } from "../sessions/password.ts";
import { deleteSessionsOf, findUser, setPasswordHash } from "../sessions/queries.ts";
import { checkLogin } from "../sessions/sign-in.ts";
import { startSession } from "../sessions/start-session.ts";
import { requireUser } from "./require-user.ts";

interface Input {
  readonly current: string;
  readonly password: string;
  readonly address: string;
}

/** Sets a new password. Every session of the person ends; the one that asked gets a new secret. */
export async function changePassword(context: Context, input: Input): Promise<{ secret: string }> {
  const userId = requireUser(context);
  const { email = "" } = (await findUser(context.db, userId)) ?? {};
  requireGoodPassword(input.password, email);
  await requireCurrent(context, { email, password: input.current, address: input.address });
  const hash = await hashPassword(input.password);
  return inTransaction(context, async (context) => {
    await setPasswordHash(context.db, userId, hash);
    await deleteSessionsOf(context.db, userId);
    return startSession(context, { userId, accountId: context.accountId || null, address: input.address });
  });
}

/** Counted like a sign-in: an open laptop is no way to guess. Says which field is wrong. */
async function requireCurrent(
  context: Context,
  login: { email: string; password: string; address: string },
): Promise<void> {
  try {
    await checkLogin(context, login);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "wrong_credentials") throw error;
    throw new AppError("invalid_input", "accounts:current_password_wrong");
  }
}
