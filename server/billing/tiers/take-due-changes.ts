import { type Context, inTransaction } from "#server/platform/context.ts";
import { eachAccount } from "#server/platform/each-account.ts";
import { tellBilling } from "../alerts/tell-billing.ts";
import type { Billing } from "../billing.ts";
import { lockGuard } from "../guard/lock-guard.ts";
import { loadBilling } from "../load-billing.ts";
import { keepTierChange } from "../move-tier.ts";
import { lockTier, selectPrices, updatePlanAndTier } from "../queries.ts";
import { type Calendar, nextUpdateAfter } from "../update-instant.ts";
import { planWithTier } from "./plan-with-tier.ts";
import {
  type Booking,
  deleteBooking,
  selectAccountsDue,
  selectBookings,
  selectClock,
  selectScheduledUsage,
  selectUsageAt,
  upsertClock,
} from "./queries.ts";
import { type DueUpdate, updatesUntil } from "./term.ts";
import { decideFall, type Fall } from "./tier-fall.ts";

/** Takes what update instants have brought, in every account, however late. Safe with several workers. */
export async function takeAllDueChanges(context: Context): Promise<void> {
  await eachAccount(context, await selectAccountsDue(context), takeDueChanges);
}

/**
 * Takes the booked plan and the tier falls of every update that has come since the last, each as of its instant.
 * Harmless to repeat, and callable inside any change that needs the tier of this very moment.
 */
export function takeDueChanges(context: Context): Promise<void> {
  return inTransaction(context, async (context) => {
    // A raise that has read the old tier is waited for: what it raises has to fit as well.
    await lockGuard(context);
    await lockTier(context);
    const { calendar, now } = await loadBilling(context);
    const clock = await selectClock(context);
    const doneUntil = clock?.doneUntil ?? now;
    if (clock?.nextAt && clock.nextAt > now) return;
    const due = updatesUntil(calendar, doneUntil, now);
    for (const each of due) await takeUpdate(context, each);
    const done = due.at(-1)?.update.instant ?? doneUntil;
    await upsertClock(context, { doneUntil: done, nextAt: nextUpdateAfter(calendar, now).instant });
  });
}

/** After a change of calendar: what the old one brought has been taken, the new one counts from now on. */
export function restartClock(context: Context, calendar: Calendar, now: Date): Promise<void> {
  return upsertClock(context, { doneUntil: now, nextAt: nextUpdateAfter(calendar, now).instant });
}

async function takeUpdate(asking: Context, { update, isRenewal }: DueUpdate): Promise<void> {
  const context: Context = { ...asking, actor: { ...asking.actor, type: "system", id: null } };
  const before = await loadBilling(context);
  const at = update.instant;
  if (before.counting === "count") return;
  const bookings = await selectBookings(context);
  const planned = isRenewal ? await takePlan(context, before, { bookings, at }) : before;
  const fallen = await takeFall(context, { billing: planned, bookings, at, isRenewal });
  await keep(context, { before, after: fallen, at, isRenewal });
}

interface Planned {
  readonly bookings: readonly Booking[];
  readonly at: Date;
}

/** The plan booked for the renewal; people are told when its prices lack the account's tier, so that it cannot be. */
async function takePlan(context: Context, billing: Billing, { bookings, at }: Planned): Promise<Billing> {
  const plan = bookings.find(({ what }) => what === "plan")?.plan ?? billing.plan;
  await deleteBooking(context, "plan");
  if (plan === billing.plan) return billing;
  const after = await planWithTier(context, billing, plan);
  if (after !== null) return { ...billing, ...after };
  const details = { plan, currency: billing.currency, date: at.toISOString() };
  await tellBilling(context, {
    key: "billing:notice_plan_stays",
    details,
    link: "/billing",
    mail: true,
  });
  return billing;
}

interface Falling {
  readonly billing: Billing;
  readonly bookings: readonly Booking[];
  readonly at: Date;
  readonly isRenewal: boolean;
}

async function takeFall(context: Context, falling: Falling): Promise<Billing> {
  const { billing, bookings, at, isRenewal } = falling;
  const prices = (await selectPrices(context.db, billing.plan, billing.currency)) ?? null;
  if (!billing.marketingEnabled || (!isRenewal && prices?.tierFalls !== "update")) return billing;
  const booking = bookings.find(({ what }) => what === "tier");
  const { counting, tier } = billing;
  const fall = decideFall({ counting, tier, prices, booked: booking?.tier }, await usageSince(context, at));
  await deleteBooking(context, "tier");
  await tellOfFall(context, { fall, billing, at, byHand: booking !== undefined });
  return { ...billing, tier: fall.to };
}

/** What must fit: usage at the instant, and what has been raised since under the old tier when the job comes late. */
async function usageSince(context: Context, at: Date): Promise<number> {
  const now = await context.clock.now(context.db);
  return Math.max(await selectUsageAt(context, at), await selectScheduledUsage(context, now));
}

interface Keeping {
  readonly before: Billing;
  readonly after: Billing;
  readonly at: Date;
  readonly isRenewal: boolean;
}

/** A change is kept once; a yearly term that goes on as it was is kept as renewed. */
async function keep(context: Context, { before, after, at, isRenewal }: Keeping): Promise<void> {
  const planChanged = after.plan !== before.plan;
  if (planChanged || after.tier !== before.tier) {
    await updatePlanAndTier(context, after);
    await keepTierChange(context, { before, after, why: planChanged ? "renewed" : "fell", at });
  } else if (isRenewal && before.calendar.term === "yearly") {
    await keepTierChange(context, { before, after, why: "renewed", at });
  }
}

interface Telling {
  readonly fall: Fall;
  readonly billing: Billing;
  readonly at: Date;
  readonly byHand: boolean;
}

/** People hear what happened to what they were told of, or chose; a tier that simply stays is no news. */
async function tellOfFall(context: Context, { fall, billing, at, byHand }: Telling): Promise<void> {
  const clock = await selectClock(context);
  const announced = clock?.announcedAt?.getTime() === at.getTime() ? clock.announcedTier : null;
  const common = { link: "/billing?tab=history", mail: true };
  const date = at.toISOString();
  if (fall.kept === null) {
    const details = { from: billing.tier, to: fall.to, date };
    await tellBilling(context, { ...common, key: "billing:notice_tier_fell", details });
    return;
  }
  const wanted = fall.wanted ?? announced;
  if (wanted === null || fall.kept === "cancelled" || (!byHand && announced === null)) return;
  const usage = await selectUsageAt(context, at);
  const details = { tier: billing.tier, wanted, usage, date };
  await tellBilling(context, { ...common, key: "billing:notice_tier_stays", details });
}
