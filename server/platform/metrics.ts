import type pg from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Everything `/metrics` shows. Labels are patterns and names from the code, never values of people or paths. */
export const registry = new Registry();

collectDefaultMetrics({ register: registry, prefix: "headroom_" });

export const httpDuration = new Histogram({
  name: "headroom_http_request_duration_seconds",
  help: "How long requests took, by route pattern.",
  labelNames: ["method", "route", "status"] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

export const jobDuration = new Histogram({
  name: "headroom_job_duration_seconds",
  help: "How long jobs ran, by name and outcome (done, refused, failed).",
  labelNames: ["job", "outcome"] as const,
  buckets: [0.01, 0.1, 0.5, 1, 5, 30, 120, 600],
  registers: [registry],
});

export const jobsFreed = new Counter({
  name: "headroom_jobs_freed_total",
  help: "Jobs taken back from workers that died.",
  registers: [registry],
});

/** Shows how busy the connection pool is. */
export function observePool(pool: pg.Pool): void {
  registry.removeSingleMetric("headroom_pool_connections");
  const gauge = new Gauge({
    name: "headroom_pool_connections",
    help: "Database connections of this process, by state; `waiting` are requests without one.",
    labelNames: ["state"] as const,
    registers: [],
    collect() {
      this.set({ state: "open" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  registry.registerMetric(gauge);
}
