import { Temporal } from "temporal-polyfill";
import type { z } from "zod";
import type * as contract from "#contract/usage.ts";
import type { Billing } from "#server/billing/billing.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import {
  localDate,
  nextRenewalAfter,
  nextUpdateAfter,
  updateInstants,
} from "#server/billing/update-instant.ts";
import type { Context } from "#server/platform/context.ts";
import { estimateAt, recentGrowth, tierBelow } from "./forecast.ts";
import { type DailyUsage, selectDays, selectPrices, selectScheduledUsage } from "./queries.ts";

type Reply = z.input<typeof contract.showForecast.reply>;

const UPDATES = 12;
/** As far back as growth is looked at. */
const HISTORY_DAYS = 92;

/** What the next update dates bring for certain, what growth like lately would make of it, and the tier below. */
export async function showForecast(context: Context): Promise<Reply> {
  const billing = await loadBilling(context);
  const { calendar, now } = billing;
  const { timeZone } = calendar;
  const instants = updateInstants(calendar, now, UPDATES);
  const usage = await selectScheduledUsage(context, [now, ...instants]);
  const certain = usage.slice(1).map(({ at, marketing }) => ({
    instant: at.toISOString(),
    day: localDate(at, timeZone),
    marketing,
  }));
  const today = localDate(now, timeZone);
  const from = Temporal.PlainDate.from(today).subtract({ days: HISTORY_DAYS }).toString();
  const days = await selectDays(context, { from, to: today });
  const staying = certain.at(-1)?.marketing ?? usage[0]?.marketing ?? 0;
  const known = [...days, { day: today, marketing: staying, waiting: 0 }];
  return {
    now: now.toISOString(),
    timeZone,
    certain,
    estimate: estimated(usage, known),
    historyDays: days.length,
    fit: await fitOf(context, billing),
  };
}

interface Scheduled {
  readonly at: Date;
  readonly marketing: number;
}

/**
 * Growth on top of what is certain, from now on: it begins at today's count and falls with those who are scheduled. The
 * last day known is today with everybody gone who waits.
 */
function estimated(scheduled: readonly Scheduled[], days: readonly DailyUsage[]): Reply["estimate"] {
  const growth = recentGrowth(
    days.map(({ day, marketing, waiting }) => ({ day, staying: marketing - waiting })),
  );
  const [present] = scheduled;
  if (growth === null || present === undefined) return null;
  const points = scheduled.map(({ at, marketing }) => ({
    instant: at.toISOString(),
    ...estimateAt(marketing, growth, { from: present.at, to: at }),
  }));
  return { days: growth.days, perWeek: growth.perWeek, points };
}

/** The tier below, when it can be taken, and how many are too many for it by then. */
async function fitOf(context: Context, billing: Billing & { now: Date }): Promise<Reply["fit"]> {
  const { contactLimit, calendar, now } = billing;
  const prices = await selectPrices(context, billing);
  if (contactLimit === null || prices === undefined) return null;
  const tier = tierBelow(prices, contactLimit);
  if (tier === null) return null;
  const atRenewal = prices.tierFalls === "renewal";
  const { instant, day } = atRenewal ? nextRenewalAfter(calendar, now) : nextUpdateAfter(calendar, now);
  const [then] = await selectScheduledUsage(context, [instant]);
  return {
    tier,
    instant: instant.toISOString(),
    day,
    lastDay: Temporal.PlainDate.from(day).subtract({ days: 1 }).toString(),
    atRenewal,
    toLower: Math.max(0, (then?.marketing ?? 0) - tier),
  };
}
