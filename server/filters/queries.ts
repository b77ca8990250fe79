import { type RawBuilder, sql } from "kysely";
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

interface Asked {
  readonly met: readonly RawBuilder<boolean>[];
  readonly values: readonly RawBuilder<string | null>[];
}

/** Whether each condition is met by one living contact, and its values. */
export async function selectExplained(
  { db, accountId }: Context,
  contactId: string,
  { met, values }: Asked,
): Promise<{ met: boolean[]; values: (string | null)[] } | undefined> {
  const all = met.map((condition) => sql`coalesce(${condition}, false)`);
  const { rows } = await sql<{ met: boolean[]; values: (string | null)[] }>`
    select ${all.length > 0 ? sql`array[${sql.join(all)}]` : sql`'{}'::boolean[]`} as met,
      ${values.length > 0 ? sql`array[${sql.join(values)}]::text[]` : sql`'{}'::text[]`} as values
    from contact c where c.account_id = ${accountId} and c.id = ${contactId} and c.deleted_at is null`.execute(
    db,
  );
  return rows[0];
}
