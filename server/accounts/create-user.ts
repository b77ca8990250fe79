import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { normaliseEmail } from "./account.ts";
import { insertUser } from "./queries.ts";
import { hashPassword, requireGoodPassword } from "./sessions/password.ts";

interface Input {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly operator?: boolean;
}

/** Makes a login. It belongs to no account yet. Refuses a weak password and an address that has a login. */
export async function createUser(context: Context, input: Input): Promise<{ userId: string }> {
  const email = normaliseEmail(input.email);
  requireGoodPassword(input.password, email);
  const passwordHash = await hashPassword(input.password);
  const { name, language, timeZone, operator = false } = input;
  const userId = await insertUser(context, { email, name, passwordHash, language, timeZone, operator });
  if (userId === null) throw new AppError("conflict", "accounts:login_exists", { email });
  return { userId };
}
