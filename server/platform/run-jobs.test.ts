import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { databaseClock } from "./clock.ts";
import type { Context } from "./context.ts";
import { createPool } from "./database.ts";
import { AppError } from "./errors.ts";
import { enqueue, type Job, job } from "./job.ts";
import { type RunningJobs, runJobs } from "./run-jobs.ts";

let fresh: FreshDatabase;
let pool: pg.Pool;
let running: RunningJobs;
const done: { name: string; payload: unknown; context: Context }[] = [];
const attempts: string[] = [];

const jobs: Job[] = [
  job("test.note", {
    payload: z.object({ accountId: z.string(), text: z.string() }),
    act: async (context, payload) => void done.push({ name: "test.note", payload, context }),
  }),
  job("test.refuse", {
    payload: z.object({}),
    act: async () => {
      attempts.push("refuse");
      throw new AppError("not_found", "http:not_found");
    },
  }),
  job("test.fail", {
    payload: z.object({}),
    act: async () => {
      attempts.push("fail");
      throw new Error("not today");
    },
  }),
  job("test.slow", {
    payload: z.object({}),
    act: async (context) => {
      done.push({ name: "test.slow begun", payload: {}, context });
      await sleep(300);
      done.push({ name: "test.slow", payload: {}, context });
    },
  }),
  job("test.often", {
    payload: z.object({}),
    everySeconds: 0.05,
    act: async (context) => void done.push({ name: "test.often", payload: {}, context }),
  }),
];

const start = () =>
  runJobs(jobs, { db: fresh.db, clock: databaseClock, log: pino({ level: "silent" }), pool, concurrency: 2 });

beforeAll(async () => {
  fresh = await freshDatabase();
  pool = createPool({ url: fresh.url, max: 5 });
  running = await start();
});
afterAll(async () => {
  await running.stop();
  await pool.end();
  await fresh.close();
});

const named = (name: string) => done.filter((entry) => entry.name === name);
const again = () =>
  named("test.note").filter(({ payload }) => (payload as { text: string }).text === "again");
const waiting = async (name: string) => {
  const { rows } = await sql<{ attempts: number; locked: boolean }>`
    select attempts, locked_at is not null as locked from graphile_worker.jobs
    where task_identifier = ${name}`.execute(fresh.db);
  return rows;
};

test("a job runs in its account, as the system, once its change is committed", async () => {
  const context = buildContext(fresh.db, { accountId: "7" });
  await fresh.db.transaction().execute(async (db) => {
    await enqueue({ ...context, db }, { name: "test.note", payload: { text: "hello" } });
    expect(named("test.note")).toEqual([]);
  });
  await expect.poll(() => named("test.note"), { timeout: 10_000 }).toHaveLength(1);
  const [entry] = named("test.note");
  expect(entry?.payload).toEqual({ accountId: "7", text: "hello" });
  expect(entry?.context).toMatchObject({ accountId: "7", actor: { type: "system", operator: true } });
});

test("a refusal is final, a failure is tried again", async () => {
  const context = buildContext(fresh.db);
  await enqueue(context, { name: "test.refuse", payload: {} });
  await enqueue(context, { name: "test.fail", payload: {} });
  await expect.poll(() => attempts.toSorted(), { timeout: 10_000 }).toEqual(["fail", "refuse"]);
  await expect.poll(() => waiting("test.refuse")).toEqual([]);
  await expect.poll(() => waiting("test.fail")).toEqual([{ attempts: 1, locked: false }]);
});

test("a job that this program does not know is left for the one that does", async () => {
  const context = buildContext(fresh.db);
  await enqueue(context, { name: "test.from-the-future", payload: {} });
  await enqueue(context, { name: "test.note", payload: { text: "after" } });
  await expect.poll(() => named("test.note").length, { timeout: 10_000 }).toBe(2);
  expect(await waiting("test.from-the-future")).toEqual([{ attempts: 0, locked: false }]);
});

test("short work repeats without the queue", async () => {
  const before = named("test.often").length;
  await expect.poll(() => named("test.often").length, { timeout: 10_000 }).toBeGreaterThan(before + 2);
});

test("the queue goes on after the database dropped every connection", async () => {
  await fresh.ownerPool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await expect
    .poll(() =>
      enqueue(buildContext(fresh.db), { name: "test.note", payload: { text: "again" } }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await expect.poll(() => again().length, { timeout: 20_000 }).toBe(1);
});

test("stopping asks long work to let go, and lets what is under way end", async () => {
  await enqueue(buildContext(fresh.db), { name: "test.slow", payload: {} });
  await expect.poll(() => named("test.slow begun"), { timeout: 10_000 }).toHaveLength(1);
  await running.stop();
  expect(named("test.slow")).toHaveLength(1);
  expect(named("test.slow")[0]?.context.signal?.aborted).toBe(true);
  await expect.poll(() => waiting("test.slow")).toEqual([]);
  running = await start();
});
