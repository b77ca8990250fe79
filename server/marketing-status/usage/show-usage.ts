import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { nextUpdateInstant } from "#server/billing/update-instant.ts";
import type { Context } from "#server/platform/context.ts";
import { selectPastTotal, selectPastUsage, selectUsageWithTotal } from "./queries.ts";

/** Usage now, at a past moment from the ledger, or at a future one as scheduled. */
export async function showUsage(
  context: Context,
  { at }: z.output<typeof contract.showUsage.input>,
): Promise<z.input<typeof contract.showUsage.reply>> {
  const billing = await loadBilling(context);
  const moment = at ? new Date(at) : billing.now;
  const next = nextUpdateInstant(billing.calendar, billing.now);
  const shown = await selectUsageWithTotal(context, { at: moment, next });
  const past = moment < billing.now ? await selectPast(context, moment) : {};
  const { marketing, waiting, total, totalIsComplete, atNextUpdate } = {
    totalIsComplete: true,
    ...shown,
    ...past,
  };
  const { contactLimit, maximum } = billing;
  return {
    at: moment.toISOString(),
    marketing,
    waiting,
    nonMarketing: Math.max(0, total - marketing),
    total,
    totalIsComplete,
    contactLimit,
    maximum,
    headroom: contactLimit === null ? null : contactLimit - marketing,
    nextUpdate: next.toISOString(),
    atNextUpdate,
    timeZone: billing.calendar.timeZone,
  };
}

/** A moment that has passed is told by the ledger, not by the tally. */
async function selectPast(context: Context, moment: Date) {
  const usage = await selectPastUsage(context, moment);
  const known = await selectPastTotal(context, moment);
  // Who is erased since was there at least as a marketing contact.
  return { ...usage, ...known, total: Math.max(known.total, usage.marketing) };
}
