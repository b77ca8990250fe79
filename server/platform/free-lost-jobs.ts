import type pg from "pg";
import type { Log } from "./log.ts";
import { jobsFreed } from "./metrics.ts";

export interface LostJobs {
  /** Says that the worker pool with this id lives in this process. */
  hold(poolId: string): void;
  stop(): Promise<void>;
}

const SWEEP_MS = 15_000;
/** The first half of our advisory locks' keys: any number that is ours. */
const LOCK_CLASS = 4_300_002;

/**
 * Gives back jobs whose worker died; by itself the queue does so only after four hours.
 * Each worker pool holds an advisory lock named after it for as long as its process lives. A pool that holds jobs
 * but no lock in two sweeps running is dead; one sweep might meet a pool that is just reconnecting.
 */
export function freeLostJobs(pool: pg.Pool, log: Log, sweepMs = SWEEP_MS): LostJobs {
  const own = new Set<string>();
  let suspects = new Set<string>();
  let sweeping: Promise<void> = Promise.resolve();
  let isNext = false;
  let stopped = false;
  const session = keepSession(pool, () => trySweep());
  const timer = setInterval(trySweep, sweepMs).unref();

  return {
    hold(poolId) {
      own.add(poolId);
      trySweep();
    },
    async stop() {
      clearInterval(timer);
      stopped = true;
      await sweeping;
      session.drop();
    },
  };

  /** One after the other, and at most one waits. */
  function trySweep(): void {
    if (isNext || stopped) return;
    isNext = true;
    sweeping = sweeping.then(sweep).catch((error: unknown) => {
      session.drop();
      log.warn({ err: error }, "lost jobs could not be looked for");
    });
  }

  async function sweep(): Promise<void> {
    isNext = false;
    const client = await session.get();
    await holdLocks(client, own);
    const missing = await poolsWithoutProcess(client);
    const dead = missing.filter((id) => suspects.has(id));
    suspects = new Set(missing);
    if (dead.length === 0) return;
    await client.query("select graphile_worker.force_unlock_workers($1::text[])", [dead]);
    jobsFreed.inc(dead.length);
    log.warn({ workers: dead.length }, "jobs of dead workers freed");
  }
}

interface Session {
  get(): Promise<pg.PoolClient>;
  /** Ends it, and with it the locks it holds. */
  drop(): void;
}

/** One connection that stays; says when it broke. Each client is given back once, whoever notices first. */
function keepSession(pool: pg.Pool, onBroken: () => void): Session {
  let current: pg.PoolClient | undefined;
  const drop = () => {
    const client = current;
    current = undefined;
    client?.release(true);
  };
  return {
    drop,
    async get() {
      if (current !== undefined) return current;
      const client = await pool.connect();
      current = client;
      client.once("error", () => {
        if (current !== client) return;
        drop();
        onBroken();
      });
      return client;
    },
  };
}

async function holdLocks(session: pg.PoolClient, own: ReadonlySet<string>): Promise<void> {
  await session.query(
    `select pg_try_advisory_lock_shared($1::int, hashtext(id)) from unnest($2::text[]) id
      where not exists (select from pg_locks l where l.pid = pg_backend_pid() and l.locktype = 'advisory'
        and l.classid = $1::int::oid and l.objid = hashtext(id)::oid)`,
    [LOCK_CLASS, [...own]],
  );
}

async function poolsWithoutProcess(session: pg.PoolClient): Promise<string[]> {
  const { rows } = await session.query<{ id: string }>(
    `select distinct locked_by as id from graphile_worker.jobs
      where locked_by is not null and not exists (
        select from pg_locks l where l.locktype = 'advisory' and l.classid = $1::int::oid
          and l.objid = hashtext(locked_by)::oid
          and l.database = (select oid from pg_database where datname = current_database()))`,
    [LOCK_CLASS],
  );
  return rows.map(({ id }) => id);
}
