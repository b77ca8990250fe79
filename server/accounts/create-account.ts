import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { insertAccount, insertBuiltInRoles, insertSuperAdmin, type NewAccount } from "./queries.ts";

interface Input extends NewAccount {
  /** Who becomes its Super Admin; the asking user by default, nobody when the command line asks. */
  readonly userId?: string;
}

/** Makes an account with the built-in roles. Its billing is set up by whoever asks for it. */
export function createAccount(context: Context, input: Input): Promise<{ accountId: string }> {
  return inTransaction(context, async (context) => {
    const accountId = await insertAccount(context, input);
    if (accountId === null)
      throw new AppError("conflict", "accounts:account_name_taken", { name: input.name });
    await insertBuiltInRoles(context, accountId);
    const userId = input.userId ?? (context.actor.type === "user" ? context.actor.id : null);
    if (userId !== null) await insertSuperAdmin(context, accountId, userId);
    await recordEvent(context, { type: "account.created", accountId });
    return { accountId };
  });
}
