import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { enqueue } from "#server/platform/job.ts";
import { accountName, closeAccount, closedAccounts, deleteAccountData } from "./queries.ts";

/**
 * Closes the account at once and removes all its data in the background, for good.
 * `name` is what a person typed to confirm.
 */
export function deleteAccount(context: Context, input: { name: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    const name = await accountName(context);
    if (name === null) throw new AppError("not_found", "accounts:account_not_found");
    if (input.name.trim() !== name)
      throw new AppError("invalid_input", "accounts:account_name_differs", { name });
    await closeAccount(context);
    // Without an account of its own: the job outlives it.
    await enqueue({ ...context, accountId: "" }, { name: "accounts.remove-closed", payload: {} });
  });
}

/** Removes the data of closed accounts; also by the clock, so that a failed removal is tried again. */
export async function removeClosedAccounts(context: Context): Promise<void> {
  for (const accountId of await closedAccounts(context.db)) {
    await inTransaction(context, ({ db }) => deleteAccountData(db, accountId));
  }
}
