import type { z } from "zod";
import type { setUp } from "#contract/billing.ts";
import { createInstallation } from "#server/accounts/create-installation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { requireTimeZone } from "./billing.ts";
import { firstSettings } from "./first-settings.ts";
import { upsertBilling } from "./queries.ts";
import { localDate, nextUpdateInstant } from "./update-instant.ts";

type Input = z.output<typeof setUp.input>;

/**
 * The first set-up by the one-time link, or a further account by the command line: login, account, and what its
 * count is for. Refuses an unknown zone, currency, tier or renewal day with `invalid_input` before anything is made.
 */
export async function setUpAccount(context: Context, input: Input): Promise<z.input<typeof setUp.reply>> {
  requireTimeZone(input.timeZone);
  return inTransaction(context, async (context) => {
    const now = await context.clock.now(context.db);
    const settings = await firstSettings(context, input, localDate(now, input.timeZone));
    const { userId, accountId } = await createInstallation(context, {
      ...input,
      name: input.name ?? nameFrom(input.email),
      accountName: input.account,
    });
    await upsertBilling({ ...context, accountId }, settings);
    const calendar = { term: settings.term, anchor: settings.renewalOn, timeZone: input.timeZone };
    return { userId, accountId, nextUpdate: nextUpdateInstant(calendar, now).toISOString() };
  });
}

function nameFrom(email: string): string {
  return email.split("@")[0] ?? email;
}
