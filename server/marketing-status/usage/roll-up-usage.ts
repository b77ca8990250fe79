import type { Context } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { rollUpDays, selectAccountsToRollUp } from "./queries.ts";

/** Keeps one row for each ended day and account, so that charts need not read the ledger. Harmless to repeat. */
export async function rollUpUsage(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsToRollUp(context), rollUpAccount);
}

/** The same for the account at hand. */
export function rollUpAccount(context: Context): Promise<void> {
  return rollUpDays(context);
}
