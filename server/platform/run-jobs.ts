import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  Logger,
  type ParsedCronItem,
  parseCronItems,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import type pg from "pg";
import { freeLostJobs } from "./free-lost-jobs.ts";
import type { Job } from "./job.ts";
import type { Log } from "./log.ts";
import { performJob, repeatJob, type Workplace } from "./perform-job.ts";
import { stopping } from "./stopping.ts";

export interface JobsOptions extends Workplace {
  /** Connections of the queue itself; the acts use `db`. */
  readonly pool: pg.Pool;
  readonly concurrency: number;
}

export interface RunningJobs {
  /** Takes no new job and returns when those under way have ended. */
  stop(): Promise<void>;
}

const POLL_MS = 2_000;
const RESTART_MS = 2_000;
const CRON_ATTEMPTS = 5;
const TROUBLES = new Set<string>(["error"]);

/**
 * Works the queue until stopped. Only these jobs are taken: one that a newer program enqueued waits for it.
 * Jobs of a worker that died are freed within a minute.
 */
export async function runJobs(jobs: readonly Job[], place: JobsOptions): Promise<RunningJobs> {
  const ended = new AbortController();
  const options = { ...place, signal: ended.signal };
  const lost = freeLostJobs(options.pool, options.log);
  const repeated = jobs.flatMap((job) =>
    job.everySeconds === undefined ? [] : [repeatJob(job, job.everySeconds, options)],
  );
  const begin = () => startQueue(jobs, options, (id) => lost.hold(id));
  let runner = await begin();
  const supervised = supervise();
  return {
    async stop() {
      ended.abort();
      await runner.stop().catch(() => {});
      await supervised;
      await Promise.all([lost.stop(), ...repeated.map((stop) => stop())]);
    },
  };

  async function supervise(): Promise<void> {
    for (;;) {
      await runner.promise.catch((error: unknown) => options.log.error({ err: error }, "the queue stopped"));
      if (ended.signal.aborted) return;
      await sleep(RESTART_MS);
      runner = await begin();
    }
  }
}

function startQueue(
  jobs: readonly Job[],
  options: JobsOptions,
  onPool: (id: string) => void,
): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => onPool(workerPool.id));
  return run({
    pgPool: options.pool,
    taskList: tasksOf(jobs, options),
    parsedCronItems: cronOf(jobs),
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: POLL_MS,
    events,
    logger: quiet(options.log),
  });
}

function tasksOf(jobs: readonly Job[], options: JobsOptions): TaskList {
  return Object.fromEntries(
    jobs.map((job) => [
      job.name,
      (payload, { job: { id, attempts } }) =>
        performJob(job, payload, { ...options, log: options.log.child({ jobId: id, attempt: attempts }) }),
    ]),
  );
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

/** The queue's own messages quote payloads and the job's error, which is logged already; only its troubles are kept. */
function quiet(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (TROUBLES.has(level) && !message.startsWith("Failed task") && !stopping.aborted) {
      log.error({ queue: message }, "queue trouble");
    }
  });
}
