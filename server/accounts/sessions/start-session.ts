import type { Context } from "#server/platform/context.ts";
import { hashSecret, newSecret } from "../secret.ts";
import { insertSession } from "./queries.ts";
import { networkOf } from "./throttle.ts";

interface Input {
  readonly userId: string;
  /** The account it opens; without it the one last worked in. */
  readonly accountId?: string | null;
  /** The network address of the browser. */
  readonly address: string;
}

/** Begins a session with a new secret, which the browser's cookie carries. */
export async function startSession(context: Context, input: Input): Promise<{ secret: string }> {
  const secret = newSecret();
  const { userId, accountId = null } = input;
  await insertSession(context, {
    tokenHash: hashSecret(secret),
    userId,
    accountId,
    address: networkOf(input.address),
  });
  return { secret };
}
