import type { z } from "zod";
import type { countCleanup as endpoint } from "#contract/wizard.ts";
import type { Context } from "#server/platform/context.ts";
import { chosenPeople, type Way } from "./choose-contacts.ts";
import { type CleanupChoice, chosenOf, isNobody } from "./cleanup-choice.ts";
import { countFound, type Found } from "./queries.ts";

type Counted = z.input<typeof endpoint.reply>;

/** How many people a choice means, each once, and how many each way of choosing found. */
export async function countCleanup(
  context: Context,
  { choice }: { choice: CleanupChoice },
): Promise<Counted> {
  const chosen = chosenOf(choice);
  if (isNobody(chosen)) return { total: 0, parts: [] };
  const { people, ways } = await chosenPeople(context, chosen);
  return countByWays(await countFound(context, people), ways);
}

/** The whole and its parts are sums of the same counts, so that they agree. */
export function countByWays(found: readonly Found[], ways: readonly Way[]): Counted {
  return {
    total: sumOf(found),
    parts: ways.map(({ kind, key }, way) => ({
      kind,
      key,
      contacts: sumOf(found.filter((each) => each.ways.includes(way))),
    })),
  };
}

const sumOf = (found: readonly Found[]): number => found.reduce((sum, { contacts }) => sum + contacts, 0);
