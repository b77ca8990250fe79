import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id } from "./operations.ts";

const instant = z.iso.datetime();
const day = z.iso.date();
const moment = z.iso.datetime({ offset: true });

/** What moved usage: an update instant, an operation, protection, people one by one, or another source. */
export const lineTypes = ["update", "operation", "protected", "hand", "source"] as const;

/** What names a line, for showing its contacts. */
const lineKey = {
  type: z.enum(lineTypes),
  /** Of an update. */
  at: instant.nullable(),
  operationId: id.nullable(),
  sourceType: z.string().nullable(),
  sourceId: z.string().nullable(),
};

const changeLine = z.object({
  ...lineKey,
  /** The operation's kind. */
  kind: z.string().nullable(),
  /** When the operation was started. */
  startedAt: instant.nullable(),
  /** Of the file, form or app, where there is one. */
  name: z.string().nullable(),
  raised: z.int(),
  lowered: z.int(),
  /** How many more wait for the next update because of it; below 0 where schedules were taken back. */
  scheduled: z.int(),
});

/** Usage at the end of each day of the account's zone, with tiers and big operations. Without a range the last year. */
export const showUsageHistory = endpoint({
  method: "GET",
  path: "/api/usage/history",
  input: z.object({ from: day.optional(), to: day.optional() }),
  reply: z.object({
    from: day,
    to: day,
    /** The first day anything is known of; null before the first change. */
    first: day.nullable(),
    timeZone: z.string(),
    points: z.array(z.object({ day, marketing: z.int(), waiting: z.int() })),
    /** The contact limit from each moment on; the first is that of the range's start. Empty without a limit. */
    tiers: z.array(z.object({ at: instant, contactLimit: z.int() })),
    operations: z.array(
      z.object({
        id,
        kind: z.string(),
        name: z.string().nullable(),
        at: instant,
        /** What it moved usage by, and how many it scheduled. */
        change: z.int(),
        scheduled: z.int(),
      }),
    ),
  }),
});

/** The next 12 update dates: what is certain, and apart from it what growth like lately would make of it. */
export const showForecast = endpoint({
  method: "GET",
  path: "/api/usage/forecast",
  input: z.object({}),
  reply: z.object({
    now: instant,
    timeZone: z.string(),
    certain: z.array(z.object({ instant, day, marketing: z.int() })),
    estimate: z
      .object({
        /** Days of history it is drawn from. */
        days: z.int(),
        /** Contacts more in a week, in the middle. */
        perWeek: z.number(),
        /** On top of what is certain: now, with today's count, then at each update date. */
        points: z.array(z.object({ instant, low: z.int(), likely: z.int(), high: z.int() })),
      })
      .nullable(),
    /** Days of history there are; an estimate needs 28. */
    historyDays: z.int(),
    /** The next lower tier of the price book, and what it takes to fit it; null where there is none. */
    fit: z
      .object({
        tier: z.int(),
        instant,
        day,
        /** The last day to lower anybody in time. */
        lastDay: day,
        atRenewal: z.boolean(),
        /** Still to be lowered; 0 when what is scheduled is enough. */
        toLower: z.int(),
      })
      .nullable(),
  }),
});

/** Usage at any moment, and why it differs from now. The lines add up to the difference. */
export const showMoment = endpoint({
  method: "GET",
  path: "/api/usage/moment",
  input: z.object({ at: moment }),
  reply: z.object({
    at: instant,
    isFuture: z.boolean(),
    timeZone: z.string(),
    marketing: z.int(),
    waiting: z.int(),
    now: z.int(),
    /** All contacts there were; people erased, purged or merged since can no longer be counted. */
    total: z.object({ contacts: z.int(), isComplete: z.boolean() }).nullable(),
    /** Of a past moment: what a line's contacts are asked for with. Ahead they are those who wait for the line's date. */
    span: z.object({ from: instant, to: instant }).nullable(),
    /** From the earlier of the two moments to the later. */
    lines: z.array(changeLine),
  }),
});

/** What raised and lowered usage from a moment on, by source and by operation. Without one since the last update. */
export const showUsageChanges = endpoint({
  method: "GET",
  path: "/api/usage/changes",
  input: z.object({ from: moment.optional(), to: moment.optional() }),
  reply: z.object({
    from: instant,
    to: instant,
    timeZone: z.string(),
    nextUpdate: instant,
    opening: z.int(),
    raised: z.int(),
    lowered: z.int(),
    closing: z.int(),
    scheduled: z.int(),
    lines: z.array(changeLine),
  }),
});

/** The contacts behind one line, also those that are deleted or erased since. */
export const listChangeContacts = endpoint({
  method: "GET",
  path: "/api/usage/changes/contacts",
  input: z.object({
    from: moment,
    to: moment,
    type: z.enum(lineTypes),
    at: moment.optional(),
    operationId: id.optional(),
    sourceType: z.string().max(50).optional(),
    sourceId: z.string().max(100).optional(),
    after: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    contacts: z.array(
      z.object({
        id,
        name: z.string(),
        email: z.string().nullable(),
        isGone: z.boolean(),
        raised: z.int(),
        lowered: z.int(),
        scheduled: z.int(),
      }),
    ),
    after: id.nullable(),
  }),
});

const statementOf = {
  /** A calendar month, `2026-11`, or the day an update period began. Without either the present update period. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "usage:month_impossible")
    .optional(),
  period: day.optional(),
  /** A property; without one there is only the total. */
  by: z.string().max(100).optional(),
};

const counts = { opening: z.int(), raised: z.int(), lowered: z.int(), closing: z.int() };

/** Opening count, raised, lowered and closing of a period, by the values a property had at its end. */
export const showStatement = endpoint({
  method: "GET",
  path: "/api/statement",
  input: z.object(statementOf),
  reply: z.object({
    account: z.string(),
    from: instant,
    to: instant,
    /** The first and the last day. */
    firstDay: day,
    lastDay: day,
    isMonth: z.boolean(),
    /** The period is not over: its numbers still move. */
    isOpen: z.boolean(),
    timeZone: z.string(),
    madeAt: instant,
    by: z.object({ name: z.string(), label: z.string() }).nullable(),
    rows: z.array(
      z.object({
        /** `value`: as it says; `none`: no value; `gone`: erased or merged since; `rest`: many small values. */
        type: z.enum(["value", "none", "gone", "rest"]),
        value: z.string().nullable(),
        label: z.string().nullable(),
        ...counts,
        /** The share of the month's price by closing count, in minor units. */
        price: z.int().nullable(),
      }),
    ),
    total: z.object({ ...counts, price: z.int().nullable() }),
    /** The tier at the end of the period, and its month's price in the price book of today. */
    price: z
      .object({ tier: z.int(), amount: z.int(), currency: z.string(), example: z.boolean() })
      .nullable(),
    /** What can be chosen, newest first. */
    months: z.array(z.string()),
    periods: z.array(z.object({ firstDay: day, lastDay: day })),
  }),
});

export const downloadStatement = endpoint({
  method: "GET",
  path: "/api/statement/:format",
  input: z.object({ ...statementOf, format: z.enum(["csv", "pdf"]) }),
  reply: z.unknown(),
});
