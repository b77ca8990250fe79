import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { normaliseEmail } from "../account.ts";
import { hashPassword, needsRehash, verifyPassword } from "./password.ts";
import { findLogin, setPasswordHash } from "./queries.ts";
import { startSession } from "./start-session.ts";
import { networkOf, throttle } from "./throttle.ts";

interface Input {
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

/** Begins a session. An unknown address and a wrong password get the same answer after the same work. */
export async function signIn(context: Context, input: Input): Promise<{ secret: string }> {
  const { userId } = await checkLogin(context, input);
  return startSession(context, { userId, address: input.address });
}

/** Whether the password belongs to the address, with every attempt counted. Refuses otherwise. */
export async function checkLogin(context: Context, input: Input): Promise<{ userId: string }> {
  const email = normaliseEmail(input.email);
  const address = networkOf(input.address);
  const login = await findLogin(context.db, email, address);
  const succeeded = await throttle(context, { email, address, addressKnown: login?.addressKnown ?? false });
  const right = await verifyPassword(login?.passwordHash ?? null, input.password);
  if (login === undefined || login.passwordHash === null || !right) {
    throw new AppError("wrong_credentials", "accounts:wrong_credentials");
  }
  await succeeded();
  if (needsRehash(login.passwordHash)) {
    await setPasswordHash(context.db, login.userId, await hashPassword(input.password));
  }
  return { userId: login.userId };
}
