import type { z } from "zod";
import type { countCleanup as endpoint } from "#contract/wizard.ts";
import type { Context } from "#server/platform/context.ts";
import { chosenPeople, type Way } from "./choose-contacts.ts";
import { type CleanupChoice, chosenOf, isNobody } from "./cleanup-choice.ts";
import { countWays, type WaySelect } from "./queries.ts";

type Counted = z.input<typeof endpoint.reply>;

/** How many people a choice means, each once, and how many each way of choosing found. */
export async function countCleanup(
  context: Context,
  { choice }: { choice: CleanupChoice },
): Promise<Counted> {
  const chosen = chosenOf(choice);
  if (isNobody(chosen)) return { total: 0, parts: [] };
  return countPeople(context, await chosenPeople(context, chosen));
}

/** Counts people by the ways that found them, in one statement, so that the parts and the whole agree. */
export async function countPeople(
  context: Context,
  { people, ways }: { people: WaySelect; ways: readonly Way[] },
): Promise<Counted> {
  const { total, found } = await countWays(context, { people, ways: ways.length });
  return { total, parts: ways.map(({ kind, key }, way) => ({ kind, key, contacts: found[way] ?? 0 })) };
}
