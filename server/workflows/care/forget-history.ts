import type { z } from "zod";
import type * as contract from "#contract/workflow-care.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { deleteHistory, selectHistoryDays, selectWithHistory, storeHistoryDays } from "./queries.ts";

type Settings = z.output<typeof contract.changeWorkflowSettings.input>;

export async function showSettings(context: Context): Promise<Settings> {
  return { historyDays: await selectHistoryDays(context) };
}

export function changeSettings(context: Context, { historyDays }: Settings): Promise<Settings> {
  return inTransaction(context, async (context) => {
    const before = await selectHistoryDays(context);
    await storeHistoryDays(context, historyDays);
    if (before !== historyDays) {
      const details = { from: before, to: historyDays };
      await recordEvent(context, { type: "workflow.history_kept", details });
    }
    return { historyDays };
  });
}

/** What happened longer ago than each account keeps is forgotten, bit by bit; where contacts are, and the numbers, stay. */
export async function forgetOldHistory(context: Context): Promise<void> {
  await eachAccount(context, await selectWithHistory(context), async (own) => {
    const days = await selectHistoryDays(own);
    while ((await deleteHistory(own, days)) > 0 && !own.signal?.aborted);
  });
}
