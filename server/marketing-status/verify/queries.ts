import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface Recount {
  /** Rows whose `until` lies ahead, counted one by one. */
  readonly marketing: number;
  readonly waiting: number;
  readonly expired: number;
  readonly contacts: number;
  /** The same from the tallies. */
  readonly tallyMarketing: number;
  readonly tallyWaiting: number;
  readonly tallyContacts: number;
  /** Instants at which tally and rows differ. */
  readonly tallyDifferences: number;
  /** The sum of the ledger's deltas: usage and what is expired but not settled. */
  readonly ledger: number;
  /** Ledger entries that do not begin where the one before ended. */
  readonly brokenChains: number;
  /** Contacts whose last entry is not their state, or that have a state without an entry. */
  readonly wrongEnds: number;
  /** Rows of contacts that do not exist or are deleted. */
  readonly strays: number;
  /** Days of the rollup that differ from the ledger. */
  readonly wrongDays: number;
  /** Quarters of an hour of the rollup that differ from the ledger. */
  readonly wrongChanges: number;
}

/** Counts everything again, from the contacts up, in the caller's snapshot. */
export async function recount({ db, clock, accountId }: Context): Promise<Recount> {
  const { rows } = await sql<Recount>`
    with state as materialized (
      select contact_id, until from marketing_contact where account_id = ${accountId}
    ),
    chain as materialized (
      select contact_id, id, until_after,
        until_before is distinct from lag(until_after) over entries as broken,
        row_number() over (partition by contact_id order by id desc) = 1 as last
      from marketing_change where account_id = ${accountId}
      window entries as (partition by contact_id order by id)
    ),
    tally as (
      select until, sum(contacts) as contacts from usage_tally where account_id = ${accountId} group by until
    ),
    ${ledgerSums(accountId)}
    select
      (select count(*) from state where until > ${clock.sql})::int as marketing,
      (select count(*) from state where until > ${clock.sql} and until < 'infinity')::int as waiting,
      (select count(*) from state where until <= ${clock.sql})::int as expired,
      (select count(*) from contact where account_id = ${accountId} and deleted_at is null)::int as contacts,
      (select coalesce(sum(contacts), 0) from tally where until > ${clock.sql})::int as "tallyMarketing",
      (select coalesce(sum(contacts), 0) from tally where until > ${clock.sql} and until < 'infinity')::int as "tallyWaiting",
      (select coalesce(sum(contacts), 0) from contact_tally where account_id = ${accountId})::int as "tallyContacts",
      (select count(*) from (select until, count(*) as contacts from state group by until) s
        full join tally t using (until) where coalesce(s.contacts, 0) <> coalesce(t.contacts, 0))::int as "tallyDifferences",
      (select coalesce(sum(delta), 0) from marketing_change where account_id = ${accountId})::int as ledger,
      (select count(*) from chain where broken)::int as "brokenChains",
      (select count(*) from (select contact_id, until_after from chain where last and until_after is not null) c
        full join state s using (contact_id) where c.until_after is distinct from s.until)::int as "wrongEnds",
      (select count(*) from state s left join contact c on c.account_id = ${accountId} and c.id = s.contact_id
        where c.id is null or c.deleted_at is not null)::int as strays,
      (select count(*) from usage_daily d join account a on a.id = d.account_id
        where d.account_id = ${accountId} and d.marketing <> (select coalesce(sum(l.delta), 0) from byday l where l.day <= d.day))::int
        as "wrongDays",
      (select count(*) from (select at, kind, sum(raised) as raised, sum(lowered) as lowered, sum(waiting) as waiting
          from usage_change where account_id = ${accountId} group by 1, 2) u
        full join byquarter l using (at, kind)
        where (u.raised, u.lowered, u.waiting) is distinct from (l.raised, l.lowered, l.waiting))::int as "wrongChanges"`.execute(
    db,
  );
  return rows[0] as Recount;
}

/** Raises held for contacts that are gone, count already or are never to be raised. */
export async function countWrongHolds({ db, clock, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`
    select count(*)::int as wrong from held_raise h
    left join contact c on c.account_id = h.account_id and c.id = h.contact_id
    left join marketing_contact m on m.account_id = h.account_id and m.contact_id = h.contact_id
    left join marketing_pin p on p.account_id = h.account_id and p.contact_id = h.contact_id
    where h.account_id = ${accountId} and h.ended_at is null
      and (c.id is null or c.deleted_at is not null or m.until > ${clock.sql} or p.pin = 'never')`.execute(
    db,
  );
  return rows[0]?.wrong ?? 0;
}

/** The ledger's sums by quarter and kind, and by local day: what the rollups must hold. */
const ledgerSums = (accountId: string) => sql`
    byquarter as materialized (
      select case when kind = 'became_non_marketing' then effective_at else usage_quarter(recorded_at) end as at, kind,
        count(*) filter (where delta > 0)::numeric as raised, count(*) filter (where delta < 0)::numeric as lowered,
        sum(coalesce((until_after < 'infinity')::int, 0) - coalesce((until_before < 'infinity')::int, 0))::numeric as waiting
      from marketing_change where account_id = ${accountId} group by 1, 2
    ),
    byday as materialized (
      select (at at time zone (select time_zone from account where id = ${accountId}))::date as day,
        sum(raised - lowered) as delta from byquarter group by 1
    )`;
