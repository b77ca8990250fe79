import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { actor, id, outcomeCount } from "./operations.ts";

const instant = z.iso.datetime();
const day = z.iso.date();

const scheduled = z.object({
  /** What scheduled them; null where it was one contact at a time. */
  operationId: id.nullable(),
  kind: z.string().nullable(),
  /** Of its file, where it has one. */
  name: z.string().nullable(),
  at: instant.nullable(),
  actor,
  contacts: z.int(),
});

/** The next 12 update dates, and others that still have somebody waiting: what takes effect, and who scheduled it. */
export const showCalendar = endpoint({
  method: "GET",
  path: "/api/calendar",
  input: z.object({}),
  reply: z.object({
    timeZone: z.string(),
    marketing: z.int(),
    dates: z.array(
      z.object({
        instant,
        day,
        /** The last day to cancel; nothing can be once the update instant has come. */
        lastDay: day,
        isRenewal: z.boolean(),
        leaving: z.int(),
        /** Marketing contacts from then on, if nothing else changes. */
        marketing: z.int(),
        lines: z.array(scheduled),
      }),
    ),
  }),
});

/** What of an update date. */
const scheduledBy = {
  instant: z.iso.datetime({ offset: true }),
  /** Only those that this operation scheduled; `alone`: those scheduled one at a time. Without it all of that date. */
  operationId: id.or(z.literal("alone")).optional(),
  /** With `alone`: only those that this person or program scheduled, as the calendar's line names it. */
  actorType: z.string().max(20).optional(),
  actorId: id.optional(),
};

const part = z.object({
  ...scheduledBy,
  /** Only these of them. */
  ids: z.array(id).min(1).max(10_000).optional(),
  /** Also those that opted out, bounced for good or complained. */
  includeProtected: z.boolean().default(false),
});

/** What cancelling would do: unscheduled, skipped (protected or pinned). They count all along, so no limit is met. */
export const previewCancel = endpoint({
  method: "POST",
  path: "/api/calendar/preview",
  input: part,
  reply: z.object({
    total: z.int(),
    groups: z.array(outcomeCount),
    willChange: z.int(),
    now: z.int(),
    /** From the update on: as it is scheduled, and when it is cancelled. */
    without: z.int(),
    with: z.int(),
    instant,
    timeZone: z.string(),
    contactLimit: z.int().nullable(),
    maximum: z.int().nullable(),
  }),
});

export const startCancel = endpoint({
  method: "POST",
  path: "/api/calendar/cancel",
  input: part.extend({ expect: z.int().min(0) }),
  reply: z.object({ operationId: id }),
});

/** Who waits for an update date, by what scheduled them. */
export const listScheduled = endpoint({
  method: "GET",
  path: "/api/calendar/contacts",
  input: z.object({
    ...scheduledBy,
    after: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.object({
    contacts: z.array(z.object({ id, name: z.string(), email: z.string().nullable() })),
    after: id.nullable(),
  }),
});

/** The person's secret calendar address in this account: whether there is one, since when. */
export const showFeed = endpoint({
  method: "GET",
  path: "/api/calendar/feed",
  input: z.object({}),
  reply: z.object({ since: instant.nullable() }),
});

/** Makes a new address; the one before answers no more. The path is shown this once. */
export const makeFeed = endpoint({
  method: "POST",
  path: "/api/calendar/feed",
  input: z.object({}),
  reply: z.object({ path: z.string(), since: instant }),
});

export const revokeFeed = endpoint({
  method: "DELETE",
  path: "/api/calendar/feed",
  input: z.object({}),
  reply: z.object({ since: instant.nullable() }),
});

/** What cleanups avoided. `contacts` count periods: one contact that did not count in one update period is 1. */
export const showSavings = endpoint({
  method: "GET",
  path: "/api/savings",
  input: z.object({}),
  reply: z.object({
    currency: z.string().nullable(),
    example: z.boolean(),
    /** Who would count today had they not been set as non-marketing. */
    contactsNow: z.int(),
    contactPeriods: z.int(),
    /** Minor units; null where no money is shown or the price book lacks it. */
    amount: z.int().nullable(),
    periods: z.array(z.object({ day, marketing: z.int(), avoided: z.int(), amount: z.int().nullable() })),
    operations: z.array(
      z.object({
        operationId: id,
        kind: z.string(),
        name: z.string().nullable(),
        at: instant,
        actor,
        /** Who left because of it, and who of them still would count. */
        left: z.int(),
        stillOut: z.int(),
        contactPeriods: z.int(),
        amount: z.int().nullable(),
      }),
    ),
  }),
});
