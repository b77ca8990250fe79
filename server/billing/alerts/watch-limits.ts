import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { loadBilling } from "../load-billing.ts";
import { lockTier } from "../queries.ts";
import { previousUpdateInstant } from "../update-instant.ts";
import { judgeAlerts } from "./limit-alert.ts";
import {
  selectAccountsToTell,
  selectAlerts,
  selectTierBefore,
  selectUsageNow,
  upsertAlerts,
} from "./queries.ts";
import { tellBilling } from "./tell-billing.ts";

/** Tells people of every account whose usage has crossed a share of its contact limit. Safe with several workers. */
export async function watchLimits(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsToTell(context), watchLimit);
}

/**
 * Tells what stands by now, in the transaction of whatever takes usage down at once or the limit up: a crossing is told
 * although nobody has looked before it is gone. Call it before the change, with the guard held; `usage` where the
 * transaction has raised contacts itself, who never counted under this limit.
 */
export async function tellBefore(context: Context, usage?: number): Promise<void> {
  const { accountId } = context;
  if ((await selectAccountsToTell(context, { accountId, usage })).length > 0) await judge(context, usage);
}

/**
 * Tells what stood when an update came, of which nothing can be seen any more: contacts may have left by themselves
 * before anybody looked. What was seen since is left as it is.
 */
export function tellBeforeUpdate(context: Context, past: Past): Promise<void> {
  return judge(context, past.usage, past.update);
}

interface Past {
  /** The update instant. */
  readonly update: Date;
  /** Just before it. */
  readonly usage: number;
}

/** The same for the account at hand: exact, once, whoever asks first. */
export function watchLimit(context: Context): Promise<void> {
  return judge(context);
}

function judge(asking: Context, standing?: number, update?: Date): Promise<void> {
  return inTransaction(asking, async (context) => {
    await lockTier(context);
    const { contactLimit, calendar, now: present, marketingEnabled } = await loadBilling(context);
    if (contactLimit === null || !marketingEnabled) return;
    const limit = (update && (await selectTierBefore(context, update))) ?? contactLimit;
    const usage = standing ?? (await selectUsageNow(context));
    const now = update ? new Date(update.getTime() - 1) : present;
    const periodStart = previousUpdateInstant(calendar, now);
    const seen = { usage, limit, now, periodStart, isPast: update !== undefined };
    const judged = judgeAlerts(await selectAlerts(context), seen);
    await upsertAlerts(context, judged.states);
    const details = { usage, limit, left: Math.max(0, limit - usage), over: Math.max(0, usage - limit) };
    const link = "/billing?tab=usage";
    if (judged.crossed !== null) {
      await recordEvent(context, {
        type: "billing.limit_crossed",
        details: { threshold: judged.crossed, usage, limit },
      });
      const key = keyFor(judged.crossed, usage > limit);
      const told = { ...details, threshold: judged.crossed };
      await tellBilling(context, { key, details: told, link, mail: true });
    } else if (judged.fell) {
      const share = Math.floor((usage * 100) / limit);
      await tellBilling(context, {
        key: "billing:notice_limit_below",
        details: { ...details, share },
        link,
        mail: false,
      });
    }
  });
}

function keyFor(threshold: number, isOver: boolean): string {
  if (isOver) return "billing:notice_limit_over";
  return threshold === 100 ? "billing:notice_limit_reached" : "billing:notice_limit_crossed";
}
