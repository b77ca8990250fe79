import type { Plan } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import { type Billing, requirePrices, requireTier } from "../billing.ts";
import { type PricePage, selectPrices } from "../queries.ts";
import { nextRenewalAfter, type Update } from "../update-instant.ts";
import { deleteBooking, selectScheduledUsage, upsertBooking } from "./queries.ts";
import { type PlanWish, requireCorrection, type Split, splitChange } from "./split-change.ts";
import { nextFallAfter } from "./term.ts";
import { sameRoom } from "./tier-fall.ts";

/** What takes effect later. */
export interface BookedChange {
  readonly what: "plan" | "tier";
  readonly plan: Plan;
  readonly tier: number;
  readonly day: string;
  readonly instant: string;
}

export interface Settled {
  /** What plan and tier are at once. */
  readonly plan: Plan;
  readonly tier: number;
  /** The price book's page of that plan; null where it has none. */
  readonly prices: PricePage | null;
  readonly booked: BookedChange[];
  readonly corrects: boolean;
}

interface Splitting {
  readonly billing: Billing & { readonly now: Date };
  readonly wish: PlanWish & Pick<Billing, "counting" | "currency">;
}

/** Divides a change into what is done at once and what is booked, and says both; nothing is written. */
export async function judgeSplit(
  context: Context,
  { billing, wish }: Splitting,
): Promise<Settled & { split: Split }> {
  const split = splitChange(billing, wish);
  const { counting, currency } = wish;
  const prices = (await selectPrices(context.db, split.plan, currency)) ?? null;
  const kept = split.plan === billing.plan ? billing.tier : sameRoom({ counting, prices }, billing.tier);
  const tier = split.tier ?? kept ?? billing.tier;
  const usage = split.corrects ? await selectScheduledUsage(context, billing.now) : 0;
  requireCorrection({ split, counting, tier, usage, operator: context.actor.operator });
  const after = { ...billing, counting, currency, tier };
  const falls = prices?.tierFalls ?? "renewal";
  const booked = await judgeBooked(context, { billing: after, split, falls });
  return { plan: split.plan, tier, prices, booked, corrects: split.corrects, split };
}

/** As judged, and writes what is booked. Plan and tier of now are the caller's to write. */
export async function applySplit(context: Context, splitting: Splitting): Promise<Settled> {
  const { split, ...settled } = await judgeSplit(context, splitting);
  const { wish } = splitting;
  if (split.booked.plan !== null) await upsertBooking(context, { what: "plan", plan: split.booked.plan });
  else if (wish.plan !== undefined) await deleteBooking(context, "plan");
  if (split.booked.tier !== null) await upsertBooking(context, { what: "tier", tier: split.booked.tier });
  else if (wish.tier !== undefined) await deleteBooking(context, "tier");
  return settled;
}

interface Booking {
  readonly billing: Billing & { readonly now: Date };
  readonly split: Split;
  readonly falls: PricePage["tierFalls"];
}

async function judgeBooked({ db }: Context, { billing, split, falls }: Booking): Promise<BookedChange[]> {
  const { counting, currency, calendar, now } = billing;
  const plan = split.booked.plan ?? split.plan;
  const prices = (await selectPrices(db, plan, currency)) ?? null;
  const tier = split.booked.tier ?? sameRoom({ counting, prices }, billing.tier) ?? billing.tier;
  if (split.booked.plan !== null) requirePrices({ counting, prices }, currency);
  if (split.booked.tier !== null) requireTier({ tier, counting, prices });
  const at = ({ day, instant }: Update) => ({ plan, tier, day, instant: instant.toISOString() });
  return [
    ...(split.booked.plan === null
      ? []
      : [{ what: "plan" as const, ...at(nextRenewalAfter(calendar, now)) }]),
    ...(split.booked.tier === null
      ? []
      : [{ what: "tier" as const, ...at(nextFallAfter(calendar, now, falls)) }]),
  ];
}
