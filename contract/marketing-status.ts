import { z } from "zod";
import { policies } from "./billing.ts";
import { endpoint } from "./endpoint.ts";
import { selection } from "./filters.ts";
import { actor, id, outcomeCount, source } from "./operations.ts";

const instant = z.iso.datetime();

/** Usage at a moment: now without `at`. `marketing` includes `waiting`. */
export const showUsage = endpoint({
  method: "GET",
  path: "/api/usage",
  input: z.object({ at: z.iso.datetime({ offset: true }).optional() }),
  reply: z.object({
    at: instant,
    marketing: z.int(),
    waiting: z.int(),
    nonMarketing: z.int(),
    total: z.int(),
    /** False for a past moment since which people were erased, purged or merged: they are no longer in the total. */
    totalIsComplete: z.boolean(),
    /** Null where the count is only a discipline, without a tier. */
    contactLimit: z.int().nullable(),
    maximum: z.int().nullable(),
    /** `contactLimit` minus `marketing`; negative beyond the limit. */
    headroom: z.int().nullable(),
    nextUpdate: instant,
    /** Marketing contacts from the next update on, if nothing else changes. */
    atNextUpdate: z.int(),
    timeZone: z.string(),
  }),
});

const target = z.enum(["marketing", "non_marketing"]);

const change = z.object({
  selection,
  to: target,
  /** Also raise contacts that are protected; pins are always respected. */
  includeProtected: z.boolean().default(false),
});

/** What would happen, from the same query that then does it. */
export const previewStatus = endpoint({
  method: "POST",
  path: "/api/marketing-status/preview",
  input: change,
  reply: z.object({
    total: z.int(),
    /**
     * Lowering: scheduled, unheld, already_waiting, already_non_marketing, skipped (pinned).
     * Raising: set_marketing, unscheduled, already_marketing, skipped (protected or pinned), and beyond the room
     * held, already_held or refused (limit or maximum). They add up to `total`.
     */
    groups: z.array(outcomeCount),
    /** Contacts whose state will change: the number to type and to send as `expect`. */
    willChange: z.int(),
    /** When the change takes effect: the next update for a lowering, now for a raise. */
    effectiveAt: instant,
    timeZone: z.string(),
    usage: z.object({
      now: z.int(),
      after: z.int(),
      atNextUpdate: z.int(),
      atNextUpdateWithout: z.int(),
    }),
    contactLimit: z.int().nullable(),
    growth: z.object({
      policy: z.enum(policies),
      maximum: z.int().nullable(),
      /** The tier that the raise moves up to; null when it stays. */
      tier: z.int().nullable(),
      /** A month's price before and after in minor units; null where no money is shown. */
      price: z
        .object({ before: z.int(), after: z.int(), currency: z.string(), example: z.boolean() })
        .nullable(),
    }),
    /** Lowering: the tier that the account then falls to, and a month's saving in minor units for who may see it. */
    fall: z
      .object({
        tier: z.int(),
        day: z.iso.date(),
        saving: z.int().nullable(),
        currency: z.string(),
        example: z.boolean(),
      })
      .nullable(),
    /** The raise would pass the contact limit, or is of 25 contacts and more: the number must be typed. */
    mustType: z.boolean(),
  }),
});

export const startStatus = endpoint({
  method: "POST",
  path: "/api/marketing-status/start",
  input: change.extend({ expect: z.int().min(0) }),
  reply: z.object({ operationId: id }),
});

const changeKind = z.enum([
  "set_marketing",
  "scheduled",
  "unscheduled",
  "rescheduled",
  "became_non_marketing",
  "deleted",
  "restored",
  "merged",
  "erased",
  "undone",
]);

/** One entry of the ledger. */
const statusChange = z.object({
  id,
  kind: changeKind,
  untilBefore: instant.nullable().or(z.literal("infinity")),
  untilAfter: instant.nullable().or(z.literal("infinity")),
  recordedAt: instant,
  effectiveAt: instant,
  delta: z.int(),
  source,
  actor,
  operationId: id.nullable(),
  reason: z.string(),
});

/** Why this contact is (not) marketing: its state, what holds it, and its whole ledger, newest first. */
export const contactStatus = z.object({
  status: z.enum(["marketing", "waiting", "non_marketing"]),
  /** When a waiting contact stops counting. */
  until: instant.nullable(),
  since: instant.nullable(),
  source: source.nullable(),
  pin: z.enum(["always", "never"]).nullable(),
  /** A raise that waits for approval, and what it would have passed. */
  held: z.object({ since: instant, why: z.enum(["limit", "maximum"]), source }).nullable(),
  protected: z.boolean(),
  facts: z.array(
    z.object({
      kind: z.enum(["opt_out", "bounce", "complaint"]),
      at: instant,
      reason: z.string(),
      protects: z.boolean(),
      source,
      actor,
    }),
  ),
  changes: z.array(statusChange),
  /**
   * What can be undone here: the latest entry, or the lowering that ended a hold since. `untilRaise` is when undoing it
   * becomes a raise.
   */
  undo: z
    .object({ changeId: id.nullable(), holdId: id.nullable(), untilRaise: instant.nullable() })
    .nullable(),
  nextUpdate: instant,
  timeZone: z.string(),
});

const oneContact = z.object({ contactId: id });

export const showContactStatus = endpoint({
  method: "GET",
  path: "/api/contacts/:contactId/marketing-status",
  input: oneContact,
  reply: contactStatus,
});

/** One contact, after a plain warning where it is protected; a pin still refuses. */
export const setContactStatus = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/marketing-status",
  input: oneContact.extend({ to: target }),
  reply: z.object({ outcome: z.string(), contact: contactStatus }),
});

export const undoContactStatus = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/marketing-status/undo",
  input: oneContact
    .extend({ changeId: id.optional(), holdId: id.optional() })
    .refine(
      ({ changeId, holdId }) => (changeId === undefined) !== (holdId === undefined),
      "marketing-status:undo_one",
    ),
  reply: z.object({ outcome: z.string(), contact: contactStatus }),
});

export const pinContact = endpoint({
  method: "PUT",
  path: "/api/contacts/:contactId/pin",
  input: oneContact.extend({ pin: z.enum(["always", "never"]).nullable() }),
  reply: contactStatus,
});

const factKind = z.enum(["opt_out", "bounce", "complaint"]);

/** By hand: the person opted out, an address bounced, somebody complained. */
export const addContactFact = endpoint({
  method: "POST",
  path: "/api/contacts/:contactId/subscription-facts",
  input: oneContact.extend({ kind: factKind, reason: z.string().max(100).default("") }),
  reply: contactStatus,
});

export const liftContactFact = endpoint({
  method: "DELETE",
  path: "/api/contacts/:contactId/subscription-facts/:kind",
  input: oneContact.extend({ kind: factKind }),
  reply: contactStatus,
});

export const startOptOut = endpoint({
  method: "POST",
  path: "/api/contacts/bulk/opt-out",
  input: z.object({ selection, expect: z.int().min(0).optional() }),
  reply: z.object({ operationId: id }),
});

/** What the account wants to happen by itself: contacts that become protected are set as non-marketing. */
const settings = z.object({ scheduleProtected: z.boolean() });

export const showMarketingSettings = endpoint({
  method: "GET",
  path: "/api/marketing-settings",
  input: z.object({}),
  reply: settings,
});

export const changeMarketingSettings = endpoint({
  method: "PATCH",
  path: "/api/marketing-settings",
  input: settings,
  reply: settings,
});
