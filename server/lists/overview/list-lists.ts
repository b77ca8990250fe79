import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import type { Context } from "#server/platform/context.ts";
import { countOverview, selectOverview } from "./queries.ts";
import { presentLists } from "./show-list.ts";

/** The list page. */
export async function listLists(
  context: Context,
  { deleted, ...input }: z.output<typeof contract.listLists.input>,
): Promise<z.input<typeof contract.listLists.reply>> {
  const asked = { ...input, deleted: deleted === "true" };
  const rows = await selectOverview(context, asked);
  return { lists: await presentLists(context, rows), total: await countOverview(context, asked) };
}
