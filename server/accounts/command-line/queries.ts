import { sql } from "kysely";
import type { Database } from "#server/platform/database.ts";

export interface AccountChoice {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
}

/** The living accounts, all of them or those with this id or name. */
export async function listAccountChoices(db: Database, wanted: string | undefined): Promise<AccountChoice[]> {
  const chosen = wanted ?? null;
  const { rows } = await sql<AccountChoice>`
    select id, name, time_zone as "timeZone" from account
    where closed_at is null and (${chosen}::text is null or id::text = ${chosen} or lower(name) = lower(${chosen}))
    order by id limit 50`.execute(db);
  return rows;
}
