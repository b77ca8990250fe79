import type { z } from "zod";
import type { createAccount as endpoint } from "#contract/plans.ts";
import { createAccount } from "#server/accounts/create-account.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { requireTimeZone } from "./billing.ts";
import { firstSettings } from "./first-settings.ts";
import { upsertBilling } from "./queries.ts";
import { localDate } from "./update-instant.ts";

/** Makes a further account and says what its count is for; nothing is made when an answer cannot be. */
export async function createBilledAccount(
  context: Context,
  input: z.output<typeof endpoint.input>,
): Promise<{ accountId: string }> {
  const { name, timeZone, language } = input;
  requireTimeZone(timeZone);
  return inTransaction(context, async (context) => {
    const now = await context.clock.now(context.db);
    const settings = await firstSettings(context, input, localDate(now, timeZone));
    const { accountId } = await createAccount(context, { name, timeZone, language });
    await upsertBilling({ ...context, accountId }, settings);
    return { accountId };
  });
}
