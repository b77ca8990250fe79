import { jobs as accounts } from "./accounts/jobs.ts";
import { jobs as billing } from "./billing/jobs.ts";
import { jobs as contacts } from "./contacts/jobs.ts";
import { jobs as imports } from "./imports/jobs.ts";
import { jobs as lists } from "./lists/jobs.ts";
import { jobs as cleanupPlans } from "./marketing-contacts/plans/jobs.ts";
import { jobs as marketingStatus } from "./marketing-status/jobs.ts";
import { registerKinds } from "./operation-kinds.ts";
import { jobs as operations } from "./operations/jobs.ts";
import type { Job } from "./platform/job.ts";
import { type JobsOptions, type RunningJobs, runJobs } from "./platform/run-jobs.ts";
import { jobs as workflows } from "./workflows/jobs.ts";

/** What is done in the background, feature by feature in the order of rooms.json. */
export const jobs: readonly Job[] = [
  ...accounts,
  ...operations,
  ...billing,
  ...marketingStatus,
  ...contacts,
  ...lists,
  ...cleanupPlans,
  ...imports,
  ...workflows,
];

export function createWorker(options: JobsOptions): Promise<RunningJobs> {
  registerKinds();
  return runJobs(jobs, options);
}
