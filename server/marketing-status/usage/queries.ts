import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { changesBetween, justAfter } from "./changes-between.ts";

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

/** Usage at a past moment, from the last rolled-up day before it and what moved usage since. Erased people included. */
export async function selectPastUsage(context: Context, at: Date): Promise<Usage> {
  const { db, clock, accountId } = context;
  const { rows: known } = await sql<Usage & { end: Date }>`
    select d.marketing::int as marketing, d.waiting::int as waiting,
      (d.day + 1)::timestamp at time zone a.time_zone as end
    from usage_daily d join account a on a.id = d.account_id
    where d.account_id = ${accountId} and (d.day + 1)::timestamp at time zone a.time_zone <= least(${at}::timestamptz,
      (select min(until) from (select until from usage_tally where account_id = ${accountId} and until <= ${clock.sql}
        group by until having sum(contacts) <> 0) unsettled))
    order by d.day desc limit 1`.execute(db);
  const base = known[0];
  const span = { from: base?.end, to: justAfter(at) };
  const { rows } = await sql<Usage>`
    select coalesce(sum(raised - lowered), 0)::int as marketing, coalesce(sum(waiting), 0)::int as waiting
    from (${changesBetween(context, span)}) c`.execute(db);
  return {
    marketing: (base?.marketing ?? 0) + (rows[0]?.marketing ?? 0),
    waiting: (base?.waiting ?? 0) + (rows[0]?.waiting ?? 0),
  };
}

interface UsageWithTotal extends Usage {
  /** From the next update on, if nothing else changes. */
  readonly atNextUpdate: number;
  /** All living contacts, of both kinds. */
  readonly total: number;
}

/** All that the usage card shows, in one round trip. */
export async function selectUsageWithTotal(
  { db, accountId }: Context,
  { at, next }: { at: Date; next: Date },
): Promise<UsageWithTotal> {
  const { rows } = await sql<UsageWithTotal>`
    select coalesce(sum(contacts) filter (where until > ${at}::timestamptz), 0)::int as marketing,
      coalesce(sum(contacts) filter (where until > ${at}::timestamptz and until < 'infinity'), 0)::int as waiting,
      coalesce(sum(contacts) filter (where until > ${next}::timestamptz), 0)::int as "atNextUpdate",
      (select coalesce(sum(contacts), 0)::int from contact_tally where account_id = ${accountId}) as total
    from usage_tally where account_id = ${accountId} and until > least(${at}::timestamptz, ${next}::timestamptz)`.execute(
    db,
  );
  return rows[0] as UsageWithTotal;
}

/** How many contacts there were at a past moment, as far as they still have a row; and whether any has lost it since. */
export async function selectPastTotal(
  { db, accountId }: Context,
  at: Date,
): Promise<{ total: number; totalIsComplete: boolean }> {
  const { rows } = await sql<{ total: number; totalIsComplete: boolean }>`
    select (select count(*) from contact where account_id = ${accountId} and createdate <= ${at}::timestamptz
        and (deleted_at is null or deleted_at > ${at}::timestamptz))::int as total,
      not exists (select from merged_contact where account_id = ${accountId} and merged_at > ${at}::timestamptz)
      and not exists (select from event where account_id = ${accountId} and at > ${at}::timestamptz
        and type in ('contact.erased', 'contact.purged')) as "totalIsComplete"`.execute(db);
  return rows[0] ?? { total: 0, totalIsComplete: false };
}

/** Accounts with days that have ended, some minutes ago so that settling is through, and are not rolled up yet. */
export async function selectAccountsToRollUp({ db, clock }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select a.id as "accountId" from account a
    where exists (select from marketing_change l where l.account_id = a.id)
      and coalesce((select max(day) from usage_daily d where d.account_id = a.id), '-infinity')
        < ((${clock.sql} - interval '10 minutes') at time zone a.time_zone)::date - 1
    order by a.id`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/**
 * Adds the ended days that are missing, each with usage at its end; days with late entries are made anew. It stops before
 * the day of an update that is not settled: settling under way deletes only days that it sees, not those added beside it.
 */
export async function rollUpDays({ db, clock, accountId }: Context): Promise<void> {
  await sql`
    with zone as (select time_zone from account where id = ${accountId}),
    known as (select max(day) as day from usage_daily where account_id = ${accountId}),
    entry as (
      select (at at time zone (select time_zone from zone))::date as day, sum(raised) as raised, sum(lowered) as lowered,
        sum(waiting) as waiting
      from usage_change where account_id = ${accountId} group by 1
    ),
    unsettled as (
      select until from usage_tally where account_id = ${accountId} and until <= ${clock.sql}
      group by until having sum(contacts) <> 0
    ),
    span as (
      select generate_series(coalesce((select day + 1 from known), (select min(day) from entry)),
        least(((${clock.sql} - interval '10 minutes') at time zone (select time_zone from zone))::date,
          (select (min(until) at time zone (select time_zone from zone))::date from unsettled)) - 1,
        interval '1 day')::date as day
    )
    insert into usage_daily (account_id, day, marketing, waiting, total, raised, lowered)
    select ${accountId}::bigint, s.day,
      (select coalesce(sum(raised - lowered), 0) from entry e where e.day <= s.day),
      (select coalesce(sum(waiting), 0) from entry e where e.day <= s.day),
      (select coalesce(sum(contacts), 0) from contact_tally where account_id = ${accountId}),
      coalesce(e.raised, 0), coalesce(e.lowered, 0)
    from span s left join entry e on e.day = s.day
    on conflict (account_id, day) do nothing`.execute(db);
}

/** Forgets the rollup from the local day of an instant on: something was entered late. */
export async function forgetDaysFrom({ db, accountId }: Context, instant: Date): Promise<void> {
  await sql`delete from usage_daily d using account a where a.id = d.account_id and d.account_id = ${accountId}
    and d.day >= (${instant}::timestamptz at time zone a.time_zone)::date`.execute(db);
}
