import type pg from "pg";
import { type Clock, databaseClock, fixedClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { connect, createPool, type Database } from "./database.ts";
import { startEmbeddedPostgres } from "./embedded-postgres/start-embedded-postgres.ts";
import { log } from "./log.ts";
import { migrate } from "./migrate.ts";

/** The database this program works on, migrated and connected. */
export interface Installation {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly db: Database;
  readonly clock: Clock;
  /** The names of the migrations applied just now. */
  readonly migrated: readonly string[];
  /** Whether the database answers within a moment. */
  answers(): Promise<boolean>;
  /** Tells a second start where this one can be reached. */
  announce(address: string): void;
  close(): Promise<void>;
}

interface OpenOptions {
  /** One such program per data folder: a second one is refused. */
  readonly alone?: boolean;
  readonly statementTimeoutMs?: number;
}

interface Server {
  readonly url: string;
  announce(address: string): void;
  stop(): Promise<void>;
}

const ANSWER_MS = 3_000;

/** Opens the database of DATABASE_URL, or the embedded one: the living one if it runs, else started. */
export async function openInstallation(config: Config, options: OpenOptions = {}): Promise<Installation> {
  const server = await openServer(config, options.alone === true);
  try {
    const migrated = await migrate(server.url);
    const pool = createPool({ url: server.url, ...options });
    const db = connect(pool);
    return {
      url: server.url,
      pool,
      db,
      clock: config.clock === undefined ? databaseClock : fixedClock(config.clock),
      migrated,
      answers: () => answers(pool),
      announce: (address) => server.announce(address),
      async close() {
        await db.destroy();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openServer(config: Config, alone: boolean): Promise<Server> {
  if (config.databaseUrl === undefined)
    return startEmbeddedPostgres({ folder: config.dataFolder, log, alone });
  return { url: config.databaseUrl, announce: () => {}, stop: () => Promise.resolve() };
}

async function answers(pool: pg.Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_MS);
  });
  const asked = pool.query("select 1").then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
