import { jobs as accounts } from "./accounts/jobs.ts";
import type { Job } from "./platform/job.ts";
import { type JobsOptions, type RunningJobs, runJobs } from "./platform/run-jobs.ts";

/** What is done in the background, feature by feature in the order of rooms.json. */
const jobs: Job[] = [...accounts];

export function createWorker(options: JobsOptions): Promise<RunningJobs> {
  return runJobs(jobs, options);
}
