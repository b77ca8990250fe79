import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** The zone whose days a filter means. */
export async function loadTimeZone({ db, accountId }: Context): Promise<string> {
  const { rows } = await sql<{
    zone: string;
  }>`select time_zone as zone from account where id = ${accountId}`.execute(db);
  return rows[0]?.zone ?? "UTC";
}
