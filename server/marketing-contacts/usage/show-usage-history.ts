import { Temporal } from "temporal-polyfill";
import type { z } from "zod";
import type * as contract from "#contract/usage.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { localDate, startOfLocalDay } from "#server/billing/update-instant.ts";
import { usageAt } from "#server/marketing-status/usage/usage-at.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import {
  type DailyUsage,
  selectBigOperations,
  selectDays,
  selectFirstDay,
  selectTierSteps,
  type TierStep,
} from "./queries.ts";

/** Operations that are marked, and which are big: a part of what counts now, and never a handful. */
const MARKS = 8;
const BIG_SHARE = 0.01;
const BIG_LEAST = 10;
const LONGEST_DAYS = 3_660;

/** The chart's facts: usage at the end of each day up to now, tiers as they were, and what moved much. */
export async function showUsageHistory(
  context: Context,
  input: z.output<typeof contract.showUsageHistory.input>,
): Promise<z.input<typeof contract.showUsageHistory.reply>> {
  const { calendar, now, contactLimit } = await loadBilling(context);
  const { timeZone } = calendar;
  const today = localDate(now, timeZone);
  const { from, to } = rangeOf(input, today);
  const span = { from: startOfLocalDay(from, timeZone), to: startOfLocalDay(dayAfter(to), timeZone) };
  const current = await usageAt(context, now, now);
  const marks = await selectBigOperations(context, {
    ...span,
    least: Math.max(BIG_LEAST, Math.round(current.marketing * BIG_SHARE)),
    limit: MARKS,
  });
  const days = (await selectDays(context, { from, to })).filter(({ day }) => day < today);
  const steps = contactLimit === null ? [] : await selectTierSteps(context);
  return {
    from,
    to,
    first: await selectFirstDay(context),
    timeZone,
    points: to < today ? days : [...filled(days, today), { day: today, ...current }],
    tiers: contactLimit === null ? [] : tiersIn({ steps, contactLimit, ...span }),
    operations: marks.map((mark) => ({ ...mark, at: mark.at.toISOString() })),
  };
}

function rangeOf(
  { from, to }: z.output<typeof contract.showUsageHistory.input>,
  today: string,
): { from: string; to: string } {
  const end = to === undefined || to > today ? today : to;
  const start = from ?? Temporal.PlainDate.from(end).subtract({ years: 1 }).toString();
  const days = Temporal.PlainDate.from(start).until(end).total("days");
  if (days < 0) throw new AppError("invalid_input", "usage:span_backwards");
  if (days > LONGEST_DAYS) throw new AppError("invalid_input", "usage:span_too_long", { days: LONGEST_DAYS });
  return { from: start, to: end };
}

/** Yesterday may not be rolled up yet some minutes after midnight: what was known last goes on. */
function filled(days: readonly DailyUsage[], today: string): DailyUsage[] {
  const last = days.at(-1);
  if (last === undefined || dayAfter(last.day) >= today) return [...days];
  const yesterday = Temporal.PlainDate.from(today).subtract({ days: 1 }).toString();
  return [...days, { ...last, day: yesterday }];
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

interface TierRange {
  readonly steps: readonly TierStep[];
  readonly contactLimit: number;
  readonly from: Date;
  readonly to: Date;
}

/** The limit at the range's start, then each change within it. */
function tiersIn({
  steps,
  contactLimit,
  from,
  to,
}: TierRange): z.input<typeof contract.showUsageHistory.reply>["tiers"] {
  const before = steps.findLast(({ at }) => at <= from)?.after ?? steps[0]?.before ?? contactLimit;
  const within = steps.filter(({ at }) => at > from && at < to);
  return [
    { at: from.toISOString(), contactLimit: before },
    ...within.map(({ at, after }) => ({ at: at.toISOString(), contactLimit: after })),
  ];
}
