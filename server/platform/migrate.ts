import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import type pg from "pg";
import { grantAppRole, requireAppRole } from "./app-role.ts";
import { createPool } from "./database.ts";
import { DatabaseError } from "./database-error.ts";
import { projectRoot } from "./root.ts";

export interface Migration {
  /** The file's name without its end, like `0001_events`. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const OLDEST_SERVER = 150_000;
/** Any number that is ours: two programs that start together migrate one after the other. */
const LOCK = 4_300_001;

/**
 * Brings the database at `url` (its owner's login) to this program's schema: each file of migrations/ once, in order,
 * in a transaction of its own, then graphile-worker's tables, then what the app role may do. Safe to run at any time
 * and from several programs. Returns the names applied; refuses a database that a newer program has migrated.
 */
export async function migrate(
  url: string,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  const pool = createPool({ url, max: 2, asOwner: true, statementTimeoutMs: 0 });
  try {
    const client = await pool.connect();
    try {
      await requireVersion(client);
      await client.query("select pg_advisory_lock($1)", [LOCK]);
      await requireAppRole(client);
      const applied = await applyNew(client, migrations);
      await runMigrations({ pgPool: pool });
      await grantAppRole(client);
      return applied;
    } finally {
      // The lock ends with the session, also when a statement failed.
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}

/** The migrations this program knows, in their order. */
export function readMigrations(folder: string = join(projectRoot, "migrations")): Migration[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(file));
  return files.toSorted().map((file) => {
    const sql = readFileSync(join(folder, file), "utf8");
    return {
      name: file.slice(0, -".sql".length),
      sql,
      checksum: createHash("sha256").update(sql).digest("hex"),
    };
  });
}

async function requireVersion(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as version",
  );
  if (Number(rows[0]?.number) < OLDEST_SERVER) {
    throw new DatabaseError("database:too_old", { version: rows[0]?.version });
  }
}

async function applyNew(client: pg.PoolClient, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(`create table if not exists schema_migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from schema_migration",
  );
  const done = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  refuseUnknown(done, migrations);
  const missing = migrations.filter(({ name }) => !done.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

function refuseUnknown(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  const unknown = [...done.keys()].filter((name) => !known.has(name)).toSorted();
  if (unknown.length > 0) {
    throw new DatabaseError("database:newer_schema", { names: unknown.join(", ") });
  }
  const changed = [...done].filter(([name, checksum]) => known.get(name) !== checksum).map(([name]) => name);
  if (changed.length > 0) {
    throw new DatabaseError("database:changed_migration", { names: changed.toSorted().join(", ") });
  }
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("insert into schema_migration (name, checksum) values ($1, $2)", [name, checksum]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new DatabaseError(
      "database:migration_failed",
      { name, reason: (error as Error).message },
      { cause: error },
    );
  }
}
