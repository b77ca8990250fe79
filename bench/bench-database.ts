import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { permissions } from "#contract/permissions.ts";
import { databaseClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { connect, createPool, type Database } from "#server/platform/database.ts";
import { startEmbeddedPostgres } from "#server/platform/embedded-postgres/start-embedded-postgres.ts";
import { migrate } from "#server/platform/migrate.ts";

export interface BenchDatabase {
  /** As the program uses it. */
  readonly db: Database;
  readonly pool: pg.Pool;
  /** Owns the tables; without a time limit. */
  readonly owner: pg.Pool;
  close(): Promise<void>;
}

/** The embedded Postgres as it runs for people, in a folder of its own (`BENCH_DATA` keeps it for the next run). */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const kept = process.env["BENCH_DATA"];
  const folder = kept ?? mkdtempSync(join(tmpdir(), "headroom-bench-"));
  // Root's server runs as another user, who has to get there: else the cluster would stay behind elsewhere.
  if (kept === undefined) chmodSync(folder, 0o711);
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const server = await startEmbeddedPostgres({ folder, log: silent });
  await migrate(server.url);
  const pool = createPool({ url: server.url, statementTimeoutMs: 0 });
  const owner = createPool({ url: server.url, asOwner: true, statementTimeoutMs: 0, max: 2 });
  return {
    db: connect(pool),
    pool,
    owner,
    async close() {
      await Promise.all([pool.end(), owner.end()]);
      await server.stop();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody who may do everything in the account. */
export function benchContext(db: Database, accountId: string): Context {
  return {
    db,
    clock: databaseClock,
    accountId,
    actor: {
      type: "command",
      id: null,
      permissions: new Set(permissions),
      language: "en",
      timeZone: "Europe/Stockholm",
      operator: false,
    },
  };
}
