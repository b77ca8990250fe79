import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { hashSecret } from "../secret.ts";
import { setSessionAccount } from "./queries.ts";

interface Input {
  readonly secret: string;
  readonly accountId: string;
}

/** Makes an account of the person the one their session opens. */
export async function switchAccount(context: Context, { secret, accountId }: Input): Promise<void> {
  if (!(await setSessionAccount(context, hashSecret(secret), accountId))) {
    throw new AppError("not_found", "accounts:account_not_found");
  }
}
