import type { z } from "zod";
import type * as contract from "#contract/workflows.ts";
import { planHas } from "#server/billing/billing.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import type { Context } from "#server/platform/context.ts";
import { selectFolders, selectWorkflows } from "./queries.ts";
import { rowView } from "./show-workflow.ts";

export async function listWorkflows(
  context: Context,
  { query, folder }: z.output<typeof contract.listWorkflows.input>,
): Promise<z.input<typeof contract.listWorkflows.reply>> {
  const rows = await selectWorkflows(context, { query, folder });
  const { plan } = await loadBilling(context);
  return {
    included: planHas(plan, "workflows"),
    workflows: rows.map(rowView),
    folders: await selectFolders(context),
  };
}
