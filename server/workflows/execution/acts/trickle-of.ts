import { loadBilling } from "#server/billing/load-billing.ts";
import { localDate } from "#server/billing/update-instant.ts";
import type { Trickle } from "#server/operations/trickle/trickle.ts";
import type { Context } from "#server/platform/context.ts";
import type { RunningWorkflow } from "../../workflow.ts";

/** What a workflow changes on one day of the account by one version is one operation; `part` sets kinds of it apart. */
export async function trickleOf(
  context: Context,
  {
    workflow,
    kind,
    part,
    params = {},
  }: Omit<Trickle, "of" | "sourceType" | "sourceId"> & {
    readonly workflow: RunningWorkflow;
    readonly part: string;
  },
): Promise<Trickle> {
  const { calendar, now } = await loadBilling(context);
  const day = localDate(now, calendar.timeZone);
  return {
    kind,
    of: `${workflow.version}:${day}:${part}`,
    params: { ...params, day, workflow: workflow.name, version: workflow.version },
    sourceType: "WORKFLOW",
    sourceId: workflow.id,
  };
}
