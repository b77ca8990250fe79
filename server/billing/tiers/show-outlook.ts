import type { z } from "zod";
import type { showOutlook as endpoint } from "#contract/plans.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { loadBilling } from "../load-billing.ts";
import { monthlyPrice, type Prices } from "../tier.ts";
import { nextRenewalAfter } from "../update-instant.ts";
import { type LookAhead, lookAhead, type Standing } from "./look-ahead.ts";
import type { Booking } from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;
type Who = NonNullable<Reply["plan"]>["booked"];

/** What the account has and pays now, after the next update and after renewal, and what is booked. */
export async function showOutlook(context: Context): Promise<Reply> {
  const billing = await loadBilling(context);
  const ahead = await lookAhead(context, billing);
  const whoOf = await nameBookers(context, ahead.bookings);
  const renewal = nextRenewalAfter(billing.calendar, billing.now);
  const planned = ahead.bookings.find(({ what }) => what === "plan");
  return {
    currency: billing.currency,
    example: ahead.prices?.example ?? false,
    now: ahead.now,
    atUpdate: shown(ahead.atUpdate),
    atRenewal: shown(ahead.atRenewal),
    fall: billing.counting === "count" || !billing.marketingEnabled ? null : fallShown(ahead, whoOf),
    plan:
      planned === undefined
        ? null
        : {
            plan: planned.plan ?? billing.plan,
            day: renewal.day,
            instant: renewal.instant.toISOString(),
            booked: whoOf(planned),
          },
  };
}

function shown({ update, ...standing }: Standing & LookAhead["atUpdate"]): Reply["atUpdate"] {
  return { ...standing, instant: update.instant.toISOString(), day: update.day };
}

function fallShown(
  { fall, bookings, now, fallPrices }: LookAhead,
  whoOf: (booking: Booking) => Who,
): Reply["fall"] {
  const booking = bookings.find(({ what }) => what === "tier");
  return {
    instant: fall.update.instant.toISOString(),
    day: fall.update.day,
    to: fall.to,
    kept: fall.kept,
    wanted: fall.kept === null ? null : fall.wanted,
    usage: fall.usage,
    booked: booking === undefined ? null : whoOf(booking),
    choices: fallPrices === null ? [] : lowerTiers(fallPrices, now.tier),
  };
}

const CHOICES = 12;

/** The tiers below one, highest first, as far as a list is of use. */
function lowerTiers(prices: Prices, tier: number): { tier: number; price: number }[] {
  const choices: { tier: number; price: number }[] = [];
  for (let top = tierBelow(prices, tier); top !== null && choices.length < CHOICES; ) {
    choices.push({ tier: top, price: monthlyPrice(prices, top) });
    top = tierBelow(prices, top);
  }
  return choices;
}

/** The highest tier of the price book below a number of contacts; null at what the plan includes. */
function tierBelow({ included, blocks }: Prices, tier: number): number | null {
  const block = blocks.findLast(({ from }) => from < tier);
  if (block === undefined) return tier > included ? included : null;
  return block.from + (Math.ceil((tier - block.from) / block.step) - 1) * block.step;
}

async function nameBookers(
  context: Context,
  bookings: readonly Booking[],
): Promise<(booking: Booking) => Who> {
  const nameOf = await nameActors(
    context,
    bookings.map(({ actorType, actorId }) => ({ type: actorType, id: actorId })),
  );
  return ({ actorType, actorId, bookedAt }) => ({
    type: actorType as Who["type"],
    name: nameOf({ type: actorType, id: actorId }),
    at: bookedAt.toISOString(),
  });
}
