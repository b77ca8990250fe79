import type { Plan } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import type { Billing } from "../billing.ts";
import { type PricePage, selectPrices } from "../queries.ts";
import { monthlyPrice } from "../tier.ts";
import { nextRenewalAfter, nextUpdateAfter, type Update } from "../update-instant.ts";
import { planWithTier } from "./plan-with-tier.ts";
import { type Booking, selectBookings, selectScheduledUsage } from "./queries.ts";
import { nextFallAfter } from "./term.ts";
import { decideFall, type Fall } from "./tier-fall.ts";

/** An account's plan and tier at a moment, as far as it is certain. */
export interface Standing {
  readonly plan: Plan;
  readonly tier: number;
  readonly usage: number;
  /** A month's price in minor units; null where no money is shown or the price book has none. */
  readonly price: number | null;
}

export interface LookAhead {
  readonly now: Standing;
  readonly atUpdate: Standing & { readonly update: Update };
  readonly atRenewal: Standing & { readonly update: Update };
  /** What becomes of the tier when it may fall next. */
  readonly fall: Fall & { readonly update: Update; readonly usage: number };
  readonly falls: "update" | "renewal";
  readonly bookings: readonly Booking[];
  readonly prices: PricePage | null;
  /** Those of the plan it is then. */
  readonly fallPrices: PricePage | null;
}

/**
 * What the account has now, after the next update and after the renewal: what is scheduled and booked, and nothing
 * that is guessed. By the same rules as what is then done.
 */
export async function lookAhead(
  context: Context,
  billing: Billing & { readonly now: Date },
): Promise<LookAhead> {
  const { calendar, now } = billing;
  const prices = await pricesOf(context, billing.plan, billing.currency);
  const bookings = await selectBookings(context);
  const falls = prices?.tierFalls ?? "renewal";
  const [update, renewal] = [nextUpdateAfter(calendar, now), nextRenewalAfter(calendar, now)];
  const step = { bookings, falls };
  const current = await standing(context, billing, now);
  const isRenewal = update.instant.getTime() === renewal.instant.getTime();
  const atUpdate = await stepTo(context, billing, { ...step, at: update, isRenewal });
  const between = { ...billing, plan: atUpdate.plan, tier: atUpdate.tier };
  const left = falls === "update" ? bookings.filter(({ what }) => what === "plan") : bookings;
  const atRenewal = isRenewal
    ? atUpdate
    : await stepTo(context, between, { bookings: left, falls, at: renewal, isRenewal: true });
  const fallsAt = nextFallAfter(calendar, now, falls);
  const fall = await nextFall(context, billing, { bookings, at: fallsAt, renewal });
  return {
    now: current,
    atUpdate: { ...atUpdate, update },
    atRenewal: { ...atRenewal, update: renewal },
    ...fall,
    falls,
    bookings,
    prices,
  };
}

interface NextFall {
  readonly bookings: readonly Booking[];
  readonly at: Update;
  readonly renewal: Update;
  readonly fewer?: number | undefined;
}

/**
 * The tier that the account falls to when so many marketing contacts fewer remain, and what that saves a month in minor
 * units, for those who may see billing. Null when it stays.
 */
export async function fallWithFewer(
  context: Context,
  billing: Billing & { readonly now: Date },
  fewer: number,
): Promise<{ tier: number; update: Update; saving: number | null; example: boolean } | null> {
  const { calendar, now, plan, currency, tier } = billing;
  const prices = await pricesOf(context, plan, currency);
  const bookings = await selectBookings(context);
  const [at, renewal] = [
    nextFallAfter(calendar, now, prices?.tierFalls ?? "renewal"),
    nextRenewalAfter(calendar, now),
  ];
  const { fall, fallPrices } = await nextFall(context, billing, { bookings, at, renewal, fewer });
  if (fall.kept !== null) return null;
  const mayKnow = prices !== null && fallPrices !== null && context.actor.permissions.has("billing.view");
  const saving = mayKnow ? monthlyPrice(prices, tier) - monthlyPrice(fallPrices, fall.to) : null;
  return { tier: fall.to, update: at, saving, example: fallPrices?.example ?? false };
}

/** With a plan booked for that very moment the tier falls among that plan's tiers. */
async function nextFall(
  context: Context,
  billing: Billing,
  { bookings, at, renewal, fewer }: NextFall,
): Promise<Pick<LookAhead, "fall" | "fallPrices">> {
  const isRenewal = at.instant.getTime() === renewal.instant.getTime();
  const plan = isRenewal ? bookings.find(({ what }) => what === "plan")?.plan : null;
  const planned = plan ? ((await planWithTier(context, billing, plan)) ?? billing) : billing;
  const after = { ...billing, plan: planned.plan, tier: planned.tier };
  const fallPrices = await pricesOf(context, after.plan, after.currency);
  return { fall: await fallAt(context, after, { bookings, at, prices: fallPrices, fewer }), fallPrices };
}

interface Step {
  readonly bookings: readonly Booking[];
  readonly falls: "update" | "renewal";
  readonly at: Update;
  readonly isRenewal: boolean;
}

async function stepTo(
  context: Context,
  billing: Billing,
  { bookings, falls, at, isRenewal }: Step,
): Promise<Standing> {
  const plan = isRenewal ? bookings.find(({ what }) => what === "plan")?.plan : null;
  const planned = plan ? ((await planWithTier(context, billing, plan)) ?? billing) : billing;
  const after = { ...billing, plan: planned.plan, tier: planned.tier };
  const prices = await pricesOf(context, after.plan, after.currency);
  if (!isRenewal && falls !== "update") return standing(context, after, at.instant);
  const { to } = await fallAt(context, after, { bookings, at, prices });
  return standing(context, { ...after, tier: to }, at.instant);
}

interface FallAt {
  readonly bookings: readonly Booking[];
  readonly at: Update;
  readonly prices: PricePage | null;
  /** So many fewer marketing contacts than are scheduled. */
  readonly fewer?: number | undefined;
}

async function fallAt(
  context: Context,
  { counting, tier, marketingEnabled }: Billing,
  { bookings, at, prices, fewer = 0 }: FallAt,
): Promise<LookAhead["fall"]> {
  const booked = bookings.find(({ what }) => what === "tier")?.tier;
  const usage = Math.max(0, (await selectScheduledUsage(context, at.instant)) - fewer);
  const fall: Fall =
    counting === "count" || !marketingEnabled
      ? { to: tier, kept: "nothing_lower", wanted: null }
      : decideFall({ counting, tier, prices, booked }, usage);
  return { ...fall, update: at, usage };
}

async function standing(context: Context, billing: Billing, at: Date): Promise<Standing> {
  const { plan, tier, counting, currency } = billing;
  const usage = await selectScheduledUsage(context, at);
  const prices = counting === "count" ? null : await pricesOf(context, plan, currency);
  return { plan, tier, usage, price: prices === null ? null : monthlyPrice(prices, tier) };
}

async function pricesOf({ db }: Context, plan: Plan, currency: string): Promise<PricePage | null> {
  return (await selectPrices(db, plan, currency)) ?? null;
}
