import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { DB } from "./tables.ts";

export type Database = Kysely<DB>;

/** The role the program runs as: it may read and write rows, but owns nothing and cannot rewrite the ledger. */
export const APP_ROLE = "headroom_app";

// Dates are days without a zone, so they stay text; bigints stay text because ids outgrow a double.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

export interface PoolOptions {
  readonly url: string;
  readonly max?: number;
  /** The owner migrates and owns the tables; everything else runs as the app role. */
  readonly asOwner?: boolean;
  readonly statementTimeoutMs?: number;
}

/** A pool whose idle connections may break without taking the process with them. */
export function createPool({
  url,
  max = 16,
  asOwner = false,
  statementTimeoutMs = 60_000,
}: PoolOptions): pg.Pool {
  const role = asOwner ? "" : `-c role=${APP_ROLE} `;
  // Starting helpers takes longer than the planner thinks: counts that one process does in 80 ms took 170 with three.
  const planner = "-c parallel_setup_cost=10000";
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: "headroom",
    options: `${role}-c statement_timeout=${statementTimeoutMs} -c idle_in_transaction_session_timeout=120000 -c TimeZone=UTC ${planner}`,
  });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

const pools = new WeakMap<Database, pg.Pool>();

export function connect(pool: pg.Pool): Database {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return db;
}

/** Runs the work on a connection of its own, for what Kysely cannot say (copy). Not inside a transaction. */
export async function withClient<T>(db: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const pool = pools.get(db);
  if (!pool) throw new Error("A connection of its own is needed outside of transactions");
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
