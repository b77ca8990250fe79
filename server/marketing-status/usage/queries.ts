import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface Usage {
  /** Marketing contacts at that moment, waiting ones included. */
  readonly marketing: number;
  readonly waiting: number;
}

/** Usage at a moment from now on: the sum of the tally's rows that end later. */
export async function selectUsage({ db, accountId }: Context, at: Date): Promise<Usage> {
  const { rows } = await sql<Usage>`
    select coalesce(sum(contacts), 0)::int as marketing,
      coalesce(sum(contacts) filter (where until < 'infinity'), 0)::int as waiting
    from usage_tally where account_id = ${accountId} and until > ${at}::timestamptz`.execute(db);
  return rows[0] ?? { marketing: 0, waiting: 0 };
}

/** Usage at a past moment, from the ledger: late settling is entered as of the instant it belongs to. */
export async function selectPastUsage({ db, accountId }: Context, at: Date): Promise<Usage> {
  const { rows } = await sql<Usage>`
    select coalesce(sum(delta), 0)::int as marketing,
      coalesce(sum(coalesce((until_after < 'infinity')::int, 0) - coalesce((until_before < 'infinity')::int, 0)), 0)::int
        as waiting
    from marketing_change where account_id = ${accountId}
      and case when kind = 'became_non_marketing' then effective_at else recorded_at end <= ${at}::timestamptz`.execute(
    db,
  );
  return rows[0] ?? { marketing: 0, waiting: 0 };
}

export async function selectTotal({ db, accountId }: Context): Promise<number> {
  const { rows } = await sql<{
    total: number;
  }>`select coalesce(sum(contacts), 0)::int as total from contact_tally
    where account_id = ${accountId}`.execute(db);
  return rows[0]?.total ?? 0;
}
