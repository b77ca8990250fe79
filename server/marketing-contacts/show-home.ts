import type { z } from "zod";
import { type showHome as endpoint, firstSteps } from "#contract/marketing-contacts.ts";
import { periodStart } from "#server/billing/load-billing.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import type { Context } from "#server/platform/context.ts";
import { fullInDays } from "./pace.ts";
import { selectDays, selectMarketingBefore, selectSteps } from "./queries.ts";

/** How usage moves, and the first steps that are done. */
export async function showHome(context: Context): Promise<z.input<typeof endpoint.reply>> {
  const usage = await showUsage(context, {});
  const start = await periodStart(context);
  const before = await selectMarketingBefore(context, start);
  const steps = await selectSteps(context);
  return {
    sinceUpdate: before === undefined ? null : { change: usage.marketing - before, at: start.toISOString() },
    fullInDays: fullInDays(usage, await selectDays(context)),
    steps: firstSteps.map((step) => ({ step, done: steps[step] })),
  };
}
