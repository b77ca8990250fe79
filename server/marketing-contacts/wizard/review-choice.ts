import type { RawBuilder } from "kysely";
import type { z } from "zod";
import type { cleanupReview } from "#contract/wizard.ts";
import { tierEffect } from "#server/billing/tier-effect.ts";
import { countLowering, countLoweringBy } from "#server/marketing-status/bulk/count-lowering.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { chosenPeople } from "./choose-contacts.ts";
import { type CleanupChoice, chosenFilter, chosenOf } from "./cleanup-choice.ts";
import { countByWays } from "./count-choice.ts";
import { waysOf } from "./queries.ts";
import { loadDraft } from "./save-draft.ts";

type Review = z.input<typeof cleanupReview>;

export async function reviewDraft(context: Context, { draftId }: { draftId: string }): Promise<Review> {
  const { choice } = await loadDraft(context, draftId);
  return reviewChoice(context, choice);
}

/** What carrying out a choice now would do to its people, to usage and to the price: all about them by one statement. */
export function reviewChoice(context: Context, choice: CleanupChoice): Promise<Review> {
  return inTransaction(context, async (context) => {
    const chosen = chosenOf(choice);
    const { people, ways } = await chosenPeople(context, chosen);
    const lowering = await countLoweringBy(context, people, "ways");
    const found = lowering.parts.map(({ by, contacts }) => ({ ways: waysOf(by), contacts }));
    const { total, parts } = countByWays(found, ways);
    return {
      groups: lowering.groups.map(({ outcome, reason, contacts }) => ({ outcome, reason, contacts })),
      willChange: lowering.willChange,
      total,
      parts,
      ...(await effect(context, lowering.willChange)),
      filter: chosenFilter(chosen),
    };
  });
}

type Effect = Pick<
  Review,
  "usage" | "contacts" | "contactLimit" | "maximum" | "effectiveAt" | "timeZone" | "tier"
>;

async function effect(context: Context, scheduled: number): Promise<Effect> {
  const now = await showUsage(context, {});
  const { marketing, waiting, nonMarketing, total, contactLimit, maximum, nextUpdate, timeZone } = now;
  const then = await showUsage(context, { at: nextUpdate });
  const atNextUpdate = then.marketing - scheduled;
  return {
    usage: {
      now: { marketing, waiting, nonMarketing },
      after: { marketing, waiting: waiting + scheduled, nonMarketing },
      atNextUpdate: { marketing: atNextUpdate, waiting: then.waiting, nonMarketing: total - atNextUpdate },
    },
    contacts: total,
    contactLimit,
    maximum,
    effectiveAt: nextUpdate,
    timeZone,
    tier: await tierEffect(context, atNextUpdate),
  };
}

/** How many of these people would be scheduled, by the query that then does it. */
export async function countScheduled(context: Context, scope: RawBuilder<unknown>): Promise<number> {
  return (await countLowering(context, scope)).willChange;
}
