import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { settleDueChanges } from "./status/settle-due-changes.ts";

export const jobs: Job[] = [
  job("marketing-status.settle", { payload: z.object({}), act: settleDueChanges, everySeconds: 30 }),
];
