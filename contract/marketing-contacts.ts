import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { filter } from "./filters.ts";

/** First steps in an account, in their order; each ticks itself. */
export const firstSteps = ["purpose", "import", "marketing", "lower", "view", "colleague"] as const;

/** Reasons to let a marketing contact go. */
export const cleaningReasons = ["unsubscribed", "bounced", "complained", "unengaged"] as const;

/** What the home page shows besides usage and operations. */
export const showHome = endpoint({
  method: "GET",
  path: "/api/home",
  input: z.object({}),
  reply: z.object({
    /** Marketing contacts more or fewer than when the present period began; null in the first period. */
    sinceUpdate: z.object({ change: z.int(), at: z.iso.datetime() }).nullable(),
    /** Days until the limit is reached at the pace of the last 90 days; null when it is not, or not known. */
    fullInDays: z.int().nullable(),
    steps: z.array(z.object({ step: z.enum(firstSteps), done: z.boolean() })),
  }),
});

/** Marketing contacts one could let go by the next update: staying, not pinned, by reason. */
export const showCleaning = endpoint({
  method: "GET",
  path: "/api/home/cleaning",
  input: z.object({}),
  reply: z.object({
    groups: z.array(z.object({ reason: z.enum(cleaningReasons), contacts: z.int(), filter })),
    /** Each contact once. */
    total: z.int(),
    filter,
  }),
});
