import { type RawBuilder, sql } from "kysely";
import type { Billing } from "#server/billing/billing.ts";
import type { Prices } from "#server/billing/tier.ts";
import type { Context } from "#server/platform/context.ts";

export interface CountRow {
  /** Null where there is no value. */
  readonly value: string | null;
  /** No such contact any more: erased, purged or merged away. */
  readonly isGone: boolean;
  readonly closing: number;
  readonly raised: number;
  readonly lowered: number;
}

interface Question {
  readonly from: Date;
  readonly to: Date;
  /** The property's name and its text over `contact c`; null for the total alone. */
  readonly by: { readonly name: string; readonly text: RawBuilder<string | null> } | null;
}

/** When an entry took effect. */
const effective = sql`case when l.kind = 'became_non_marketing' then l.effective_at else l.recorded_at end`;

/**
 * Counts by value: who counts now, less what came after the period, is who counted at its end; so the work grows with
 * what happened since, not with the whole ledger. What has expired and is not settled yet is there as if it were.
 */
export async function selectCounts(context: Context, question: Question): Promise<CountRow[]> {
  const { db, clock, accountId } = context;
  const { from, to, by } = question;
  const { rows } = await sql<CountRow>`
    with part as (
      select contact_id, 1 as closing, 0 as raised, 0 as lowered from marketing_contact
      where account_id = ${accountId} and until > ${clock.sql}
      union all
      select contact_id, case when at >= ${to}::timestamptz then -delta else 0 end,
        case when at < ${to}::timestamptz and delta > 0 then 1 else 0 end,
        case when at < ${to}::timestamptz and delta < 0 then 1 else 0 end
      from (
        select l.contact_id, l.delta, ${effective} as at from marketing_change l
        where l.account_id = ${accountId} and l.recorded_at >= ${from}::timestamptz and l.delta <> 0
          and ${effective} >= ${from}::timestamptz
        union all
        select contact_id, -1, until from marketing_contact
        where account_id = ${accountId} and until <= ${clock.sql} and until >= ${from}::timestamptz
      ) moved
    ),
    one as (
      select contact_id, sum(closing)::int as closing, sum(raised)::int as raised, sum(lowered)::int as lowered
      from part group by contact_id
    )
    ${by === null ? onlyTotal : byValue(context, question.to, by)}`.execute(db);
  return rows;
}

const onlyTotal = sql`select null::text as value, false as "isGone", coalesce(sum(closing), 0)::int as closing,
  coalesce(sum(raised), 0)::int as raised, coalesce(sum(lowered), 0)::int as lowered from one`;

/** By the value at the period's end: where it was edited since, what it was before the first of those edits. */
function byValue(
  { accountId, clock }: Context,
  to: Date,
  { name, text }: NonNullable<Question["by"]>,
): RawBuilder<unknown> {
  return sql`, edited as (
      select distinct on (contact_id) contact_id, old_values ->> ${name} as value from property_change
      where account_id = ${accountId} and at >= ${to}::timestamptz and at <= ${clock.sql} and new_values ? ${name}
      order by contact_id, id
    )
    select nullif(case when e.contact_id is not null then e.value else ${text} end, '') as value,
      c.id is null as "isGone",
      sum(one.closing)::int as closing, sum(one.raised)::int as raised, sum(one.lowered)::int as lowered
    from one left join contact c on c.account_id = ${accountId} and c.id = one.contact_id
    left join edited e on e.contact_id = one.contact_id
    where one.closing <> 0 or one.raised <> 0 or one.lowered <> 0
    group by 1, 2 order by closing desc, value`;
}

export async function selectAccountName({ db, accountId }: Context): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from account where id = ${accountId}`.execute(db);
  return rows[0]?.name ?? "";
}

export async function selectFirstDay({ db, accountId }: Context): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select (min(c.at) at time zone a.time_zone)::date as day
    from usage_change c join account a on a.id = c.account_id where c.account_id = ${accountId}
    group by a.time_zone`.execute(db);
  return rows[0]?.day ?? null;
}

/** The tier at a moment: that of the last change before it, else what the first one came from; null without any. */
export async function selectTierAt({ db, accountId }: Context, at: Date): Promise<number | null> {
  const { rows } = await sql<{ tier: number | null }>`
    select coalesce(
      (select tier_after from tier_change where account_id = ${accountId} and at < ${at}::timestamptz
        order by at desc, id desc limit 1),
      (select tier_before from tier_change where account_id = ${accountId} order by at, id limit 1)) as tier`.execute(
    db,
  );
  return rows[0]?.tier ?? null;
}

export async function selectPrices(
  { db }: Context,
  { plan, currency }: Pick<Billing, "plan" | "currency">,
): Promise<(Prices & { readonly example: boolean }) | undefined> {
  const { rows } = await sql<Prices & { example: boolean }>`
    select included, base::float8 as base, blocks, example
    from price_book where plan = ${plan} and currency = ${currency}`.execute(db);
  return rows[0];
}
