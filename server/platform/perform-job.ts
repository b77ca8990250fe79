import { permissions } from "#contract/permissions.ts";
import type { Clock } from "./clock.ts";
import type { Actor, Context } from "./context.ts";
import type { Database } from "./database.ts";
import { AppError } from "./errors.ts";
import type { Job } from "./job.ts";
import type { Log } from "./log.ts";
import { jobDuration } from "./metrics.ts";
import { parseInput } from "./parse-input.ts";

/** Where a job is done. */
export interface Workplace {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Fires when the place closes. */
  readonly signal?: AbortSignal;
}

/** Those that a later try may well serve; every other refusal stays one. */
const WORTH_RETRYING = new Set(["unavailable", "storage_full", "too_many_requests"]);

const system: Actor = {
  type: "system",
  id: null,
  permissions: new Set(permissions),
  language: "en",
  timeZone: "UTC",
  operator: true,
};

/** Does a job, in the account its payload names, and says how it went. Throws when it is to be tried again. */
export async function performJob(job: Job, payload: unknown, workplace: Workplace): Promise<void> {
  const stopTimer = jobDuration.startTimer({ job: job.name });
  try {
    await perform(job, payload, workplace);
    stopTimer({ outcome: "done" });
  } catch (error) {
    const isRefused = error instanceof AppError && !WORTH_RETRYING.has(error.code);
    stopTimer({ outcome: isRefused ? "refused" : "failed" });
    workplace.log.error({ err: error, job: job.name }, isRefused ? "job refused" : "job failed");
    if (!isRefused) throw error;
  }
}

/** The queue adds `_cron` to what runs by the clock. */
async function perform(job: Job, payload: unknown, { db, clock, signal }: Workplace): Promise<void> {
  const { _cron, ...given } = payload as Record<string, unknown>;
  const { accountId } = given;
  const context: Context = {
    db,
    clock,
    actor: system,
    accountId: typeof accountId === "string" ? accountId : "",
    ...(signal && { signal }),
  };
  await job.act(context, parseInput(job.payload, given) as never);
}

/** Does a job in this process again and again, with its pause in between. Returns what ends that. */
export function repeatJob(job: Job, everySeconds: number, workplace: Workplace): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    timer = setTimeout(() => {
      running = performJob(job, {}, workplace).then(wait, wait);
    }, everySeconds * 1000).unref();
  };
  wait();
  return async () => {
    clearTimeout(timer);
    await running;
    clearTimeout(timer);
  };
}
