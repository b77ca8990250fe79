import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type AccountChange, accountNameTaken, updateAccountRow } from "./queries.ts";

/** Renames the account or changes its language. Its time zone belongs to the billing calendar and changes there. */
export function updateAccount(context: Context, change: AccountChange): Promise<void> {
  return inTransaction(context, async (context) => {
    const { name } = change;
    if (name !== undefined && (await accountNameTaken(context, name))) {
      throw new AppError("conflict", "accounts:account_name_taken", { name });
    }
    await updateAccountRow(context, change);
    await recordEvent(context, { type: "account.updated", details: { ...change } });
  });
}
