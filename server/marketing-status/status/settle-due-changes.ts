import { tellBeforeUpdate } from "#server/billing/alerts/watch-limits.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { usageAt } from "../usage/usage-at.ts";
import { dropEmptyTally, lastDue, selectAccountsDue } from "./queries.ts";
import { settleSome } from "./settle-some.ts";

/** Rows settled in one transaction, well under two seconds. */
const BATCH = 20_000;

/**
 * Settles what update instants have ended, in every account, however late: answers were right without it.
 * Safe with several workers and harmless to repeat.
 */
export async function settleDueChanges(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsDue(context), settleAccount);
}

/** The same for the account at hand. First, people are told what they would have been told just before the update. */
export async function settleAccount(context: Context): Promise<void> {
  const update = await lastDue(context);
  if (update) await tellBeforeUpdate(context, { update, usage: await usageBefore(context, update) });
  while ((await settleBatch(context)) > 0 && !context.signal?.aborted);
  await dropEmptyTally(context);
}

async function usageBefore(context: Context, update: Date): Promise<number> {
  const { marketing } = await usageAt(context, new Date(update.getTime() - 1), update);
  return marketing;
}

function settleBatch(context: Context): Promise<number> {
  return inTransaction(context, async (context) => {
    const settled = await settleSome(context, { limit: BATCH });
    for (const { until, contacts } of settled) {
      await recordEvent(context, {
        type: "marketing-status.settled",
        details: { until: until.toISOString(), contacts },
      });
    }
    return settled.reduce((sum, { contacts }) => sum + contacts, 0);
  });
}
