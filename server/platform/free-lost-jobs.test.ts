import { sql } from "kysely";
import type pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { createPool } from "./database.ts";
import { freeLostJobs } from "./free-lost-jobs.ts";
import { enqueue } from "./job.ts";

let fresh: FreshDatabase;
let pool: pg.Pool;
const log = pino({ level: "silent" });

beforeAll(async () => {
  fresh = await freshDatabase();
  pool = createPool({ url: fresh.url, max: 4 });
});
afterAll(async () => {
  await pool.end();
  await fresh.close();
});

async function jobHeldBy(worker: string): Promise<void> {
  await enqueue(buildContext(fresh.db), { name: `work of ${worker}`, payload: {} });
  await fresh.ownerPool.query(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() where task_id =
      (select id from graphile_worker._private_tasks where identifier = $2)`,
    [worker, `work of ${worker}`],
  );
}

async function holders(): Promise<(string | null)[]> {
  const { rows } = await sql<{ worker: string | null }>`
    select locked_by as worker from graphile_worker.jobs order by id`.execute(fresh.db);
  return rows.map(({ worker }) => worker);
}

test("jobs of a worker that died are given back, those of a living one are not", async () => {
  await jobHeldBy("the-living");
  await jobHeldBy("the-dead");

  const living = freeLostJobs(pool, log, 50);
  living.hold("the-living");

  await expect.poll(holders, { timeout: 10_000 }).toEqual(["the-living", null]);

  // Its process ends: another worker's sweep gives its jobs back.
  await living.stop();
  const other = freeLostJobs(pool, log, 50);
  await expect.poll(holders, { timeout: 10_000 }).toEqual([null, null]);
  await other.stop();
});
