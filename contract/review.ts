import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { selection } from "./filters.ts";
import { actor, id, outcomeCount, source } from "./operations.ts";

const instant = z.iso.datetime();

/** What a raise would have passed: approval may pass the limit, nothing passes the maximum. */
const why = z.enum(["limit", "maximum"]);

/** A contact whose raise waits for approval. */
const heldContact = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  /** When it was held: its age. */
  since: instant,
  why,
  source,
  actor,
  operationId: id.nullable(),
  /** A person decided to raise it although it was protected. */
  includeProtected: z.boolean(),
  /** Opt-outs, bounces and complaints as they stood then. */
  consent: z.array(
    z.object({
      kind: z.enum(["opt_out", "bounce", "complaint"]),
      at: z.string(),
      reason: z.string(),
      protects: z.boolean(),
    }),
  ),
});

/** Oldest first, which is the order in which approval gives out places. */
export const listHeld = endpoint({
  method: "GET",
  path: "/api/review",
  input: z.object({
    /** The cursor of the page before. */
    after: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    sourceType: z.string().max(50).optional(),
    sourceId: z.string().max(50).optional(),
  }),
  reply: z.object({
    /** All that wait, whatever the page and filter. */
    held: z.int(),
    contacts: z.array(heldContact),
    after: z.string().nullable(),
    /** What set off the waiting raises, the most first. */
    sources: z.array(source.extend({ contacts: z.int() })),
  }),
});

/** How many wait, for badges. */
export const countHeld = endpoint({
  method: "GET",
  path: "/api/review/count",
  input: z.object({}),
  reply: z.object({ held: z.int() }),
});

/** Which of the waiting contacts: these, or all that match a filter (an empty one is everybody). */
const among = z.object({
  selection,
  /** Only what this source set off. */
  source: z.object({ type: z.string().max(50), id: z.string().max(50).nullable() }).optional(),
});
export type Among = z.output<typeof among>;

const step = z.object({
  /** The tier that approval moves up to; null when the present one fits. */
  tier: z.int().nullable(),
  /** A month's price before and after in minor units; null where no money is shown. */
  price: z.object({ before: z.int(), after: z.int(), currency: z.string(), example: z.boolean() }).nullable(),
});

export const previewApproval = endpoint({
  method: "POST",
  path: "/api/review/preview",
  input: among,
  reply: step.extend({
    total: z.int(),
    /** approved, still_held (limit or maximum), skipped (protected, pinned, passed); they add up to `total`. */
    groups: z.array(outcomeCount),
    /** The number to send as `expect`. */
    approved: z.int(),
    usage: z.object({ now: z.int(), after: z.int() }),
    contactLimit: z.int().nullable(),
    maximum: z.int().nullable(),
    /** Places below the limit before anybody is approved; null without a limit. */
    room: z.int().nullable(),
    /** It passes the limit, or is of 25 contacts and more: the number must be typed. */
    mustType: z.boolean(),
  }),
});

/** Refused with the true numbers when they are not those that were shown. */
export const startApproval = endpoint({
  method: "POST",
  path: "/api/review/approve",
  input: among.extend({
    expect: z.int().min(0),
    /** The step that was shown and is bought. */
    tier: z.int().nullable(),
  }),
  reply: z.object({ operationId: id }),
});

export const startDecline = endpoint({
  method: "POST",
  path: "/api/review/decline",
  input: among.extend({ expect: z.int().min(0).optional() }),
  reply: z.object({ operationId: id, total: z.int() }),
});

/** A source that raised or lowered too many contacts in an hour. */
const pausedSource = z.object({
  id,
  source,
  direction: z.enum(["raise", "lower"]),
  contacts: z.int(),
  threshold: z.int(),
  pausedAt: instant,
  resumedAt: instant.nullable(),
  resumedBy: actor.nullable(),
});

/** Those that are paused now, then the latest that were resumed. */
export const listPausedSources = endpoint({
  method: "GET",
  path: "/api/paused-sources",
  input: z.object({}),
  reply: z.object({ sources: z.array(pausedSource) }),
});

export const resumeSource = endpoint({
  method: "POST",
  path: "/api/paused-sources/:pauseId/resume",
  input: z.object({ pauseId: id }),
  reply: z.object({}),
});

/** A source is paused when it raises or lowers more than both, the share of the usage and the number, in an hour. */
const spikeSettings = z.object({
  percent: z.int().min(0).max(100),
  contacts: z.int().min(0).max(1_000_000_000),
});

export const showSpikeSettings = endpoint({
  method: "GET",
  path: "/api/spike-guard",
  input: z.object({}),
  reply: spikeSettings,
});

export const changeSpikeSettings = endpoint({
  method: "PATCH",
  path: "/api/spike-guard",
  input: spikeSettings,
  reply: spikeSettings,
});
