import { sql } from "kysely";
import type { firstSteps } from "#contract/marketing-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import type { Day } from "./pace.ts";

export type Steps = Record<(typeof firstSteps)[number], boolean>;

/** Which of the first steps the account has taken. */
export async function selectSteps({ db, accountId }: Context): Promise<Steps> {
  const { rows } = await sql<Steps>`
    select exists (select from billing_account where account_id = ${accountId}) as purpose,
      exists (select from import where account_id = ${accountId} and operation_id is not null) as import,
      exists (select from marketing_change where account_id = ${accountId}) as marketing,
      exists (select from operation where account_id = ${accountId} and kind = 'set_non_marketing')
        or exists (select from usage_tally where account_id = ${accountId} and until < 'infinity') as lower,
      exists (select from saved_view where account_id = ${accountId} and key is null) as view,
      exists (select from invitation where account_id = ${accountId})
        or (select count(*) from account_member where account_id = ${accountId}) > 1 as colleague`.execute(
    db,
  );
  const nothing = {
    purpose: false,
    import: false,
    marketing: false,
    lower: false,
    view: false,
    colleague: false,
  };
  return rows[0] ?? nothing;
}

/** Marketing contacts at the end of each of the last 90 days of the account's zone. */
export async function selectDays({ db, clock, accountId }: Context): Promise<Day[]> {
  const { rows } = await sql<Day>`
    select t.day - d.day as ago, d.marketing::int as marketing
    from usage_daily d,
      (select (${clock.sql} at time zone a.time_zone)::date as day from account a where a.id = ${accountId}) t
    where d.account_id = ${accountId} and d.day >= t.day - 90
    order by d.day`.execute(db);
  return rows;
}

/** Marketing contacts when a period began: at the end of the local day before; undefined when nothing was counted yet. */
export async function selectMarketingBefore(
  { db, accountId }: Context,
  start: Date,
): Promise<number | undefined> {
  const { rows } = await sql<{ marketing: number }>`
    select d.marketing::int as marketing from usage_daily d join account a on a.id = d.account_id
    where d.account_id = ${accountId}
      and d.day = (${start}::timestamptz at time zone a.time_zone)::date - 1`.execute(db);
  return rows[0]?.marketing;
}
