import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { listAccountChoices } from "./queries.ts";

/**
 * The context of the account with this id or name, or of the only one there is. Who runs the command line owns the
 * installation, so every account is open to it. Refuses with their names where there are several.
 */
export async function enterAccount(context: Context, wanted: string | undefined): Promise<Context> {
  const [account, ...others] = await listAccountChoices(context.db, wanted);
  if (account === undefined) {
    if (wanted === undefined) throw new AppError("not_found", "command-line:no_account");
    throw new AppError("not_found", "command-line:account_unknown", { account: wanted });
  }
  if (others.length > 0) {
    const accounts = [account, ...others].map(({ id, name }) => `${name} (${id})`).join(", ");
    throw new AppError("conflict", "command-line:account_needed", { accounts });
  }
  return { ...context, accountId: account.id, actor: { ...context.actor, timeZone: account.timeZone } };
}
