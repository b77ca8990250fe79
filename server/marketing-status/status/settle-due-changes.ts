import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { dropEmptyTally, selectAccountsDue } from "./queries.ts";
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

/** The same for the account at hand. */
export async function settleAccount(context: Context): Promise<void> {
  while ((await settleBatch(context)) > 0 && !context.signal?.aborted);
  await dropEmptyTally(context);
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
