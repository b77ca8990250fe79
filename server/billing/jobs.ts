import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { announceFalls } from "./tiers/announce-falls.ts";
import { takeAllDueChanges } from "./tiers/take-due-changes.ts";

export const jobs: Job[] = [
  job("billing.take-due-changes", { payload: z.object({}), act: takeAllDueChanges, everySeconds: 30 }),
  job("billing.announce-falls", { payload: z.object({}), act: announceFalls, cron: "7 * * * *" }),
];
