import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { forgetPace } from "./spikes/forget-pace.ts";
import { settleDueChanges } from "./status/settle-due-changes.ts";
import { rollUpUsage } from "./usage/roll-up-usage.ts";

export const jobs: Job[] = [
  job("marketing-status.settle", { payload: z.object({}), act: settleDueChanges, everySeconds: 30 }),
  job("marketing-status.roll-up", { payload: z.object({}), act: rollUpUsage, cron: "*/15 * * * *" }),
  job("marketing-status.forget-pace", { payload: z.object({}), act: forgetPace, cron: "7 * * * *" }),
];
