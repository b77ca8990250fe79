import type { z } from "zod";
import { cleanupGroups, type countCleanupGroups as endpoint } from "#contract/wizard.ts";
import { requireMarketingContacts } from "#server/billing/require-plan.ts";
import type { Context } from "#server/platform/context.ts";
import { chosenPeople } from "./choose-contacts.ts";
import { type CleanupGroup, groupFilter } from "./cleanup-group.ts";
import { countFound } from "./queries.ts";

/**
 * How many marketing contacts each proposal could let go, by their filters, and how many are in each combination of
 * them: so that what is ticked together needs no counting of its own.
 */
export async function countCleanupGroups(
  context: Context,
  { only }: { only: string },
): Promise<z.input<typeof endpoint.reply>> {
  await requireMarketingContacts(context);
  const names = only.split(",");
  const asked = cleanupGroups.filter((group) => only === "" || names.includes(group));
  const { people } = await chosenPeople(context, { groups: asked, filter: null, lists: [] });
  const together = (await countFound(context, people)).map(({ ways, contacts }) => ({
    groups: ways.map((way) => asked[way] as CleanupGroup),
    contacts,
  }));
  return {
    groups: asked.map((group) => ({
      group,
      contacts: together.reduce((sum, each) => sum + (each.groups.includes(group) ? each.contacts : 0), 0),
      filter: groupFilter(group),
    })),
    together,
  };
}
