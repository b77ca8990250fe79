import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  Logger,
  type ParsedCronItem,
  parseCronItems,
  type Runner,
  run,
  type Task,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import type pg from "pg";
import { permissions } from "#contract/permissions.ts";
import type { Clock } from "./clock.ts";
import type { Actor, Context } from "./context.ts";
import type { Database } from "./database.ts";
import { AppError } from "./errors.ts";
import { freeLostJobs, type LostJobs } from "./free-lost-jobs.ts";
import type { Job } from "./job.ts";
import type { Log } from "./log.ts";
import { jobDuration } from "./metrics.ts";

export interface JobsOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** Connections of the queue itself; the acts use `db`. */
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly concurrency: number;
}

export interface RunningJobs {
  /** Takes no new job and returns when those under way have ended. */
  stop(): Promise<void>;
}

const POLL_MS = 2_000;
const RESTART_MS = 2_000;
const CRON_ATTEMPTS = 5;

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

/**
 * Works the queue until stopped. Only these jobs are taken: one that a newer program enqueued waits for it.
 * Jobs of a worker that died are freed within a minute.
 */
export async function runJobs(jobs: readonly Job[], options: JobsOptions): Promise<RunningJobs> {
  const tasks = Object.fromEntries(jobs.map((job) => [job.name, taskOf(job, options)]));
  const lost = freeLostJobs(options.pool, options.log);
  const repeated = jobs.flatMap((job) => (job.everySeconds === undefined ? [] : [repeat(job, options)]));
  let stopping = false;
  let runner = await start(jobs, tasks, { ...options, lost });
  const supervised = supervise();
  return {
    async stop() {
      stopping = true;
      await runner.stop().catch(() => {});
      await supervised;
      await Promise.all([lost.stop(), ...repeated.map((stop) => stop())]);
    },
  };

  async function supervise(): Promise<void> {
    while (!stopping) {
      await runner.promise.catch((error: unknown) => options.log.error({ err: error }, "the queue stopped"));
      if (stopping) return;
      await sleep(RESTART_MS);
      runner = await start(jobs, tasks, { ...options, lost });
    }
  }
}

function start(
  jobs: readonly Job[],
  taskList: TaskList,
  options: JobsOptions & { lost: LostJobs },
): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => options.lost.hold(workerPool.id));
  return run({
    pgPool: options.pool,
    taskList,
    parsedCronItems: cronOf(jobs),
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: POLL_MS,
    events,
    logger: quiet(options.log),
  });
}

/** A run that is still waiting when the next is due is replaced, so that nothing piles up while no worker runs. */
function cronOf(jobs: readonly Job[]): ParsedCronItem[] {
  return parseCronItems(
    jobs.flatMap(({ name, cron }) => {
      if (cron === undefined) return [];
      const options = { jobKey: `cron:${name}`, jobKeyMode: "replace" as const, maxAttempts: CRON_ATTEMPTS };
      return [{ task: name, match: cron, options }];
    }),
  );
}

function taskOf(job: Job, options: JobsOptions): Task {
  return (payload, { job: { id, attempts } }) => {
    const log = options.log.child({ jobId: id, attempt: attempts });
    return work(job, payload, { ...options, log });
  };
}

/** Runs a job and says how it went. A refusal is final; anything else is thrown, to be tried again. */
async function work(job: Job, payload: unknown, options: JobsOptions): Promise<void> {
  const stopTimer = jobDuration.startTimer({ job: job.name });
  try {
    await perform(job, payload, options);
    stopTimer({ outcome: "done" });
  } catch (error) {
    const isRefused = error instanceof AppError && !WORTH_RETRYING.has(error.code);
    stopTimer({ outcome: isRefused ? "refused" : "failed" });
    options.log.error({ err: error, job: job.name }, isRefused ? "job refused" : "job failed");
    if (!isRefused) throw error;
  }
}

async function perform(job: Job, payload: unknown, { db, clock }: JobsOptions): Promise<void> {
  const { _cron, ...given } = payload as Record<string, unknown>;
  const { accountId } = given;
  const context: Context = {
    db,
    clock,
    actor: system,
    accountId: typeof accountId === "string" ? accountId : "",
  };
  await job.act(context, job.payload.parse(given) as never);
}

/** The queue's own messages quote payloads, so only its troubles are kept, without details. */
function quiet(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error" && !message.startsWith("Failed task"))
      log.error({ queue: message }, "queue trouble");
  });
}
