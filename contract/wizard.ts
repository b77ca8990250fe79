import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { filter } from "./filters.ts";
import { id, outcomeCount } from "./operations.ts";

/** Proposals of marketing contacts to let go, in their order on screen; the first two are ticked from the start. */
export const cleanupGroups = [
  "bounced",
  "unsubscribed",
  "complained",
  "quiet_90",
  "quiet_180",
  "quiet_365",
  "never_engaged",
  "no_email",
  "duplicates",
  "role_addresses",
] as const;

const group = z.enum(cleanupGroups);
const instant = z.iso.datetime();

/** Whether a step's choice counts: not decided yet, taken with Next, or left with Skip. */
const step = z.enum(["open", "taken", "skipped"]);

/** Whom to set as non-marketing: everybody in any taken part, each person once. */
export const cleanupChoice = z.object({
  groups: z.array(group).max(cleanupGroups.length),
  unengaged: step,
  /** Without a condition it is nobody, never everybody. */
  filter: filter.nullable(),
  /** As many as a filter may name: what is chosen here can be looked at as one. */
  lists: z.array(id).max(20),
  others: step,
});

const draft = z.object({
  id,
  choice: cleanupChoice,
  /** Set once it was carried out: a new draft begins anew. */
  operationId: id.nullable(),
  updatedAt: instant,
});

/** The person's unfinished draft; a fresh one where there is none. */
export const openCleanupDraft = endpoint({
  method: "POST",
  path: "/api/cleanup/drafts",
  input: z.object({}),
  reply: draft,
});

const oneDraft = z.object({ draftId: id });

export const showCleanupDraft = endpoint({
  method: "GET",
  path: "/api/cleanup/drafts/:draftId",
  input: oneDraft,
  reply: draft,
});

export const saveCleanupDraft = endpoint({
  method: "PUT",
  path: "/api/cleanup/drafts/:draftId",
  input: oneDraft.extend({ choice: cleanupChoice }),
  reply: draft,
});

/** Cancel: the next one begins anew. */
export const deleteCleanupDraft = endpoint({
  method: "DELETE",
  path: "/api/cleanup/drafts/:draftId",
  input: oneDraft,
  reply: z.object({}),
});

/** Marketing contacts in each group who do not wait yet and that no pin holds, with the filter that shows them. */
export const countCleanupGroups = endpoint({
  method: "GET",
  path: "/api/cleanup/groups",
  /** Only these, comma between them: finding duplicates takes longer than the rest. */
  input: z.object({ only: z.string().max(200).default("") }),
  reply: z.object({
    groups: z.array(z.object({ group, contacts: z.int(), filter })),
    /** People in exactly these of the asked groups. Whoever is in any of some groups is found by adding up. */
    together: z.array(z.object({ groups: z.array(group), contacts: z.int() })),
  }),
});

/** One way in which people were chosen, with how many. Together more than `total` where somebody is in several. */
const part = z.object({
  kind: z.enum(["group", "filter", "list"]),
  /** The group's name or the list's id; empty for the filter. */
  key: z.string(),
  contacts: z.int(),
});

/** How many people a choice means, each once. */
export const countCleanup = endpoint({
  method: "POST",
  path: "/api/cleanup/count",
  input: z.object({ choice: cleanupChoice }),
  reply: z.object({ total: z.int(), parts: z.array(part) }),
});

const moment = z.object({ marketing: z.int(), waiting: z.int(), nonMarketing: z.int() });

/** What carrying out a choice would do, by the query that then does it. */
export const cleanupReview = z.object({
  parts: z.array(part),
  total: z.int(),
  /** scheduled, unheld, already_waiting, already_non_marketing, skipped (pinned): they add up to `total`. */
  groups: z.array(outcomeCount),
  /** The scheduled ones: the number to send as `expect`. */
  willChange: z.int(),
  usage: z.object({ now: moment, after: moment, atNextUpdate: moment }),
  contacts: z.int(),
  contactLimit: z.int().nullable(),
  maximum: z.int().nullable(),
  effectiveAt: instant,
  timeZone: z.string(),
  /** The tier that then fits and when the price falls; null where there is no tier or the price book lacks it. */
  tier: z
    .object({
      now: z.int(),
      after: z.int(),
      falls: z.enum(["update", "renewal"]),
      fallsAt: instant,
      /** A month's prices in minor units; null for those who may not see billing. */
      price: z
        .object({ now: z.int(), after: z.int(), currency: z.string(), example: z.boolean() })
        .nullable(),
    })
    .nullable(),
  /** The same people in the words of the index, for looking at them and for the download. */
  filter,
});

export const reviewCleanupDraft = endpoint({
  method: "GET",
  path: "/api/cleanup/drafts/:draftId/review",
  input: oneDraft,
  reply: cleanupReview,
});

/**
 * Starts one operation. Twice is once: the second answer names the operation of the first. With `choice`, what was
 * looked at: refused when the draft has become another one since, in another window or by another program.
 */
export const carryOutCleanupDraft = endpoint({
  method: "POST",
  path: "/api/cleanup/drafts/:draftId/update",
  input: oneDraft.extend({ expect: z.int().min(0), choice: cleanupChoice.optional() }),
  reply: z.object({ operationId: id }),
});
