import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** The days a filter means are those of the account. */
export interface AccountDays {
  readonly zone: string;
  /** `2026-11-21` */
  readonly today: string;
}

export async function loadAccountDays({ db, clock, accountId }: Context): Promise<AccountDays> {
  const { rows } =
    await sql<AccountDays>`select time_zone as zone, (${clock.sql} at time zone time_zone)::date as today
    from account where id = ${accountId}`.execute(db);
  return rows[0] ?? { zone: "UTC", today: (await clock.now(db)).toISOString().slice(0, 10) };
}
