import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";

/** What time it is, asked of the database, so that several machines agree. Tests fix or move it. */
export interface Clock {
  /** The present moment as SQL: within a transaction always the same instant, its start. */
  readonly sql: RawBuilder<Date>;
  /** The same instant as a value. */
  now(db: Database): Promise<Date>;
}

export const databaseClock: Clock = {
  sql: sql<Date>`now()`,
  async now(db) {
    const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db);
    return rows[0]?.now ?? new Date();
  },
};

/** A clock that stands still; `HEADROOM_CLOCK` sets one for trying out an update instant. */
export function fixedClock(instant: Date): Clock {
  return { sql: sql<Date>`${instant}::timestamptz`, now: () => Promise.resolve(instant) };
}
