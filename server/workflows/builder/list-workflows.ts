import type { z } from "zod";
import type * as contract from "#contract/workflows.ts";
import type { Context } from "#server/platform/context.ts";
import { selectFolders, selectWorkflows } from "./queries.ts";
import { rowView } from "./show-workflow.ts";

export async function listWorkflows(
  context: Context,
  { query, folder }: z.output<typeof contract.listWorkflows.input>,
): Promise<z.input<typeof contract.listWorkflows.reply>> {
  const rows = await selectWorkflows(context, { query, folder });
  return { workflows: rows.map(rowView), folders: await selectFolders(context) };
}
