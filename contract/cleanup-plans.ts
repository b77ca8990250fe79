import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id } from "./operations.ts";
import { cleanupChoice, cleanupReview } from "./wizard.ts";

const instant = z.iso.datetime();
const name = z.string().trim().min(1).max(100);

/** How long before something: days keep the local time through a change of summer time, hours are exact. */
const span = z.object({ amount: z.int().min(1).max(500), unit: z.enum(["hours", "days"]) });

const runState = z.enum(["announced", "skipped", "done", "missed", "paused"]);

const run = z.object({
  updateAt: instant,
  state: runState,
  /** How many the notice named; null where there was none. */
  announced: z.int().nullable(),
  announcedAt: instant.nullable(),
  /** Until then it can be stopped. */
  runAt: instant,
  operationId: id.nullable(),
  /** How many the operation has scheduled so far. */
  scheduled: z.int().nullable(),
  /** `nobody`, `too_late`, `not_running`, or why the plan was paused. */
  reason: z.string().nullable(),
});

const plan = z.object({
  id,
  name,
  choice: cleanupChoice,
  owner: z.object({ id, name: z.string() }),
  runBefore: span,
  noticeBefore: span,
  state: z.enum(["on", "paused"]),
  /** `hand`, `permission`, `plan` or `choice`. */
  pausedReason: z.string().nullable(),
  next: z.object({ updateAt: instant, noticeAt: instant, runAt: instant, run: run.nullable() }),
  /** Newest first, without the one of the next update. */
  history: z.array(run),
});

export const listCleanupPlans = endpoint({
  method: "GET",
  path: "/api/cleanup/plans",
  input: z.object({}),
  reply: z.object({
    plans: z.array(plan),
    /** The account's plan has this. */
    included: z.boolean(),
    /** Who gets the notices: people with Marketing contacts access. */
    readers: z.array(z.string()),
    timeZone: z.string(),
  }),
});

const onePlan = z.object({ planId: id });
const timing = { runBefore: span, noticeBefore: span };

export const createCleanupPlan = endpoint({
  method: "POST",
  path: "/api/cleanup/plans",
  input: z.object({ name, choice: cleanupChoice, ...timing }),
  reply: z.object({ id }),
});

/** What is left out stays. A changed time is announced anew. */
export const changeCleanupPlan = endpoint({
  method: "PATCH",
  path: "/api/cleanup/plans/:planId",
  input: onePlan
    .extend({ name, ...timing, state: z.enum(["on", "paused"]) })
    .partial()
    .required({ planId: true }),
  reply: z.object({}),
});

export const deleteCleanupPlan = endpoint({
  method: "DELETE",
  path: "/api/cleanup/plans/:planId",
  input: onePlan,
  reply: z.object({}),
});

/** The plan goes on with the rights of whoever takes it over. */
export const takeOverCleanupPlan = endpoint({
  method: "POST",
  path: "/api/cleanup/plans/:planId/take-over",
  input: onePlan,
  reply: z.object({}),
});

/** Not before this update; the plan stays on for later ones. `skip` false: carry it out after all. */
export const skipCleanupRun = endpoint({
  method: "POST",
  path: "/api/cleanup/plans/:planId/skip",
  input: onePlan.extend({ skip: z.boolean() }),
  reply: z.object({}),
});

/** What carrying a plan out now would do. */
export const reviewCleanupPlan = endpoint({
  method: "GET",
  path: "/api/cleanup/plans/:planId/review",
  input: onePlan,
  reply: cleanupReview,
});

/** Carries a plan out ahead of its time, once before each update, as one operation. */
export const runCleanupPlan = endpoint({
  method: "POST",
  path: "/api/cleanup/plans/:planId/run",
  input: onePlan.extend({ expect: z.int().min(0) }),
  reply: z.object({ operationId: id }),
});

const reminder = z.object({
  /** Whole days before the update date; null: no reminder. */
  reminderDays: z.int().min(1).max(20).nullable(),
});

export const showCleanupReminder = endpoint({
  method: "GET",
  path: "/api/cleanup/reminder",
  input: z.object({}),
  reply: reminder,
});

export const changeCleanupReminder = endpoint({
  method: "PUT",
  path: "/api/cleanup/reminder",
  input: reminder,
  reply: reminder,
});

const receipt = z.object({
  updateAt: instant,
  /** Marketing contacts just before the update and from it on. */
  before: z.int(),
  after: z.int(),
  became: z.int(),
  by: z.array(
    z.object({
      operationId: id.nullable(),
      /** `plan`, `wizard`, `operation` or `single` (one by one, or by opting out or bouncing). */
      kind: z.enum(["plan", "wizard", "operation", "single"]),
      operationKind: z.string().nullable(),
      planName: z.string().nullable(),
      contacts: z.int(),
    }),
  ),
  /** The difference between a month's prices of the tiers that fit, in minor units; null where there is no price. */
  saved: z.object({ amount: z.int(), currency: z.string(), example: z.boolean() }).nullable(),
});

/** Newest first. */
export const listCleanupReceipts = endpoint({
  method: "GET",
  path: "/api/cleanup/receipts",
  input: z.object({}),
  reply: z.object({ receipts: z.array(receipt), timeZone: z.string() }),
});
