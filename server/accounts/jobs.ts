import { z } from "zod";
import { type Job, job } from "#server/platform/job.ts";
import { removeClosedAccounts } from "./delete-account.ts";
import { removeExpired } from "./remove-expired.ts";

export const jobs: Job[] = [
  job("accounts.remove-closed", { payload: z.object({}), act: removeClosedAccounts, cron: "17 * * * *" }),
  job("accounts.remove-expired", { payload: z.object({}), act: removeExpired, cron: "43 * * * *" }),
];
