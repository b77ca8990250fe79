import { z } from "zod";
import { newAccount, newUser } from "./accounts.ts";
import { endpoint } from "./endpoint.ts";

/** From least to most. */
export const plans = ["starter", "professional", "enterprise"] as const;
export type Plan = (typeof plans)[number];

/** What the count is for: we pay a vendor, we bill clients, or just count (no limit, no money shown). */
export const countings = ["vendor", "clients", "count"] as const;
export type Counting = (typeof countings)[number];

export const terms = ["monthly", "yearly"] as const;
export type Term = (typeof terms)[number];

/** The lowest plan that has a feature; what is not named here is in every plan. */
export const featurePlans = {
  workflows: "professional",
  "planned-cleanups": "professional",
} as const satisfies Record<string, Plan>;
export type PlanFeature = keyof typeof featurePlans;

/** What becomes of a raise that would pass the contact limit: it is held for approval, the tier moves up, or it is refused. */
export const policies = ["hold", "move_up", "refuse"] as const;
export type Policy = (typeof policies)[number];

/** Why an update falls on its day. "Clamped" is the last day of a month too short for the renewal's day. */
const updateReasons = [
  "renewal_day",
  "renewal_day_clamped",
  "first_of_month",
  "renewal_date",
  "renewal_date_clamped",
] as const;
export type UpdateReason = (typeof updateReasons)[number];

const plan = z.enum(plans);
const counting = z.enum(countings);
const term = z.enum(terms);
const policy = z.enum(policies);
const day = z.iso.date();
const instant = z.iso.datetime();
const currency = z.string().max(10);
const update = z.object({ instant, day, reason: z.enum(updateReasons) });

/** The first set-up: the operator's login, the first account, and what its count is for. */
export const setUp = endpoint({
  method: "POST",
  path: "/api/setup",
  input: z.object({
    /** The secret of the one-time link printed at the first start. */
    token: z.string().max(200).optional(),
    email: newUser.shape.email,
    password: newUser.shape.password,
    /** The person's; without it what stands before the @. */
    name: newUser.shape.name.optional(),
    account: newAccount.shape.name,
    language: newAccount.shape.language.default("en"),
    timeZone: z.string().max(100),
    counting: counting.default("vendor"),
    /** May only be left out by those who just count. */
    plan: plan.optional(),
    term: term.default("monthly"),
    /** A day of the month, or a date `YYYY-MM-DD`; without it the day of set-up. */
    renewal: z.string().max(20).optional(),
    /** The contact limit; without it what the plan includes. */
    tier: z.number().optional(),
    currency: currency.optional(),
    policy: policy.default("hold"),
    /** Never exceeded; without it there is none. */
    maximum: z.number().nullable().default(null),
    marketingContacts: z.boolean().default(true),
  }),
  reply: z.object({ accountId: z.string(), userId: z.string(), nextUpdate: instant }),
});

export const showBilling = endpoint({
  method: "GET",
  path: "/api/billing",
  input: z.object({}),
  reply: z.object({
    plan,
    counting,
    term,
    marketingEnabled: z.boolean(),
    timeZone: z.string(),
    /** The date whose day and month the calendar keeps. */
    renewalOn: day,
    /** Null for those who just count. */
    tier: z.int().nullable(),
    contactLimit: z.int().nullable(),
    policy,
    maximum: z.int().nullable(),
    currency: z.string(),
    periodStart: instant,
    nextUpdate: update,
    nextRenewal: update,
    /** A month's price of the tier in minor units; null where no money is shown or the price book lacks it. */
    price: z.object({ amount: z.int(), example: z.boolean() }).nullable(),
  }),
});

/**
 * What is left out stays. A higher plan or tier is taken at once, a lower one booked: the plan for the renewal, the tier
 * for when the price book lets it fall. A change of calendar moves waiting contacts to the earlier instant.
 */
export const changeBilling = endpoint({
  method: "PATCH",
  path: "/api/billing",
  input: z
    .object({
      plan,
      counting,
      term,
      renewalOn: z.string().max(20),
      tier: z.number(),
      currency,
      policy,
      /** Null: none. Refused below the present usage. */
      maximum: z.number().nullable(),
      timeZone: z.string().max(100),
      /** Lower plans and tiers are booked; `now` puts right what was entered, at once. */
      when: z.enum(["now", "booked"]),
    })
    .partial(),
  reply: z.object({
    nextUpdate: instant,
    /** Waiting contacts whose instant became earlier. */
    moved: z.int(),
    /** What takes effect later, and on which day. */
    booked: z.array(z.object({ what: z.enum(["plan", "tier"]), plan, tier: z.int(), day })),
  }),
});

/** Everybody starts as non-marketing. No operation when the account has marketing contacts already. */
export const enableMarketingContacts = endpoint({
  method: "POST",
  path: "/api/billing/marketing-contacts",
  input: z.object({}),
  reply: z.object({ operationId: z.string().nullable() }),
});

/** Schedules everybody who counts; the operation can be undone until the next update. */
export const loseMarketingContacts = endpoint({
  method: "DELETE",
  path: "/api/billing/marketing-contacts",
  input: z.object({}),
  reply: z.object({ operationId: z.string().nullable(), contacts: z.int() }),
});
