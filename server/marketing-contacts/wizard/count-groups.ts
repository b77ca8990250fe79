import type { z } from "zod";
import { cleanupGroups, type countCleanupGroups as endpoint } from "#contract/wizard.ts";
import { requireMarketingContacts } from "#server/billing/require-plan.ts";
import type { Context } from "#server/platform/context.ts";
import { compileGroups } from "./choose-contacts.ts";
import { groupFilter } from "./cleanup-group.ts";
import { countGroups } from "./queries.ts";

/** How many marketing contacts each proposal could let go, counted by the filters that show them. */
export async function countCleanupGroups(
  context: Context,
  { only }: { only: string },
): Promise<z.input<typeof endpoint.reply>> {
  await requireMarketingContacts(context);
  const names = only.split(",");
  const groups = cleanupGroups.filter((group) => only === "" || names.includes(group));
  const counts = await countGroups(context, await compileGroups(context, groups));
  return {
    groups: groups.map((group) => ({
      group,
      contacts: counts.get(group) ?? 0,
      filter: groupFilter(group),
    })),
  };
}
