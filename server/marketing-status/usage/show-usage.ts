import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import type { Context } from "#server/platform/context.ts";
import { selectPastTotal, selectPastUsage, selectTotal, selectUsage } from "./queries.ts";

/** Usage now, at a past moment from the ledger, or at a future one as scheduled. */
export async function showUsage(
  context: Context,
  { at }: z.output<typeof contract.showUsage.input>,
): Promise<z.input<typeof contract.showUsage.reply>> {
  const billing = await loadBilling(context);
  const moment = at ? new Date(at) : billing.now;
  const next = nextUpdateInstant(billing.calendar, billing.now);
  const past = moment < billing.now;
  const usage = await (past ? selectPastUsage : selectUsage)(context, moment);
  const total = await (past ? selectPastTotal(context, moment) : selectTotal(context));
  const { contactLimit, maximum } = billing;
  return {
    at: moment.toISOString(),
    ...usage,
    nonMarketing: Math.max(0, total - usage.marketing),
    total,
    contactLimit,
    maximum,
    headroom: contactLimit === null ? null : contactLimit - usage.marketing,
    nextUpdate: next.toISOString(),
    atNextUpdate: (await selectUsage(context, next)).marketing,
    timeZone: billing.calendar.timeZone,
  };
}
