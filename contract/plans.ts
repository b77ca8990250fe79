import { z } from "zod";
import { newAccount } from "./accounts.ts";
import { changeBilling, countings, plans, setUp, terms } from "./billing.ts";
import { endpoint } from "./endpoint.ts";
import { actor, id } from "./operations.ts";

const instant = z.iso.datetime();
const day = z.iso.date();
const plan = z.enum(plans);
/** Minor units a month; null where no money is shown or the price book has none. */
const price = z.int().nullable();

const tierChange = z.object({
  id,
  /** When it took effect, also where it was entered late. */
  at: instant,
  recordedAt: instant,
  why: z.enum(["chosen", "moved_up", "approved", "fell", "renewed", "corrected"]),
  planBefore: plan,
  planAfter: plan,
  tierBefore: z.int(),
  tierAfter: z.int(),
  priceBefore: price,
  priceAfter: price,
  currency: z.string(),
  actor,
});

/** Every change of tier and plan, newest first. */
export const listTierChanges = endpoint({
  method: "GET",
  path: "/api/billing/tier-changes",
  input: z.object({}),
  reply: z.object({ timeZone: z.string(), changes: z.array(tierChange) }),
});

const standing = z.object({ plan, tier: z.int(), usage: z.int(), price });
const later = standing.extend({ instant, day });
const who = z.object({ name: z.string().nullable(), type: actor.shape.type, at: instant });

/** What the account has and pays now, after the next update and after renewal, as far as it is certain. */
export const showOutlook = endpoint({
  method: "GET",
  path: "/api/billing/outlook",
  input: z.object({}),
  reply: z.object({
    currency: z.string(),
    /** Shipped prices are examples until the operator writes real ones. */
    example: z.boolean(),
    now: standing,
    atUpdate: later,
    atRenewal: later,
    /** Null for those who just count. */
    fall: z
      .object({
        instant,
        day,
        /** The tier it will be; the present one where it stays. */
        to: z.int(),
        /** Why it stays: nothing lower fits, cancelled, the booked tier is too low, no prices say which tiers there are. */
        kept: z.enum(["nothing_lower", "cancelled", "usage", "no_prices"]).nullable(),
        /** The booked tier that does not fit. */
        wanted: z.int().nullable(),
        /** Scheduled usage at that moment. */
        usage: z.int(),
        /** Who chose it; null when it comes by itself. */
        booked: who.nullable(),
        /** Lower tiers that could be chosen, highest first, each with its price. */
        choices: z.array(z.object({ tier: z.int(), price })),
      })
      .nullable(),
    plan: z.object({ plan, day, instant, booked: who }).nullable(),
  }),
});

/** What the tier does when it may fall next: a lower tier, `stay`, or `lowest` as without any choice. */
export const bookTier = endpoint({
  method: "PUT",
  path: "/api/billing/tier-booking",
  input: z.object({ tier: z.union([z.number(), z.enum(["stay", "lowest"])]) }),
  reply: z.object({}),
});

/** Forgets the plan booked for the renewal. */
export const cancelPlanBooking = endpoint({
  method: "DELETE",
  path: "/api/billing/plan-booking",
  input: z.object({}),
  reply: z.object({}),
});

/** What a change would cost and when it takes effect, before anybody decides. Refuses what the change would refuse. */
export const quoteBilling = endpoint({
  method: "POST",
  path: "/api/billing/quote",
  input: changeBilling.input.pick({ plan: true, counting: true, tier: true, currency: true, when: true }),
  reply: z.object({
    currency: z.string(),
    example: z.boolean(),
    now: standing,
    /** Right after the change. */
    after: standing,
    /** For the days left in the term, rounded half up; null when nothing costs more at once. */
    untilRenewal: z.int().nullable(),
    renewalDay: day,
    /** What is booked instead of done at once. */
    booked: z.array(z.object({ what: z.enum(["plan", "tier"]), plan, tier: z.int(), price, instant, day })),
    /** Features the later plan lacks. */
    loses: z.array(z.string()),
  }),
});

/** A further account, with the same questions as the first set-up. What is left out: an account that just counts. */
export const createAccount = endpoint({
  method: "POST",
  path: "/api/accounts",
  input: newAccount.extend({
    counting: z.enum(countings).default("count"),
    plan: plan.optional(),
    term: z.enum(terms).default("monthly"),
    renewal: setUp.input.shape.renewal,
    tier: z.number().optional(),
    currency: z.string().max(10).optional(),
    policy: setUp.input.shape.policy,
    maximum: setUp.input.shape.maximum,
    marketingContacts: z.boolean().default(true),
  }),
  reply: z.object({ accountId: id }),
});
