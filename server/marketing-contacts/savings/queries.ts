import { sql } from "kysely";
import type { Billing } from "#server/billing/billing.ts";
import type { Prices } from "#server/billing/tier.ts";
import type { Context } from "#server/platform/context.ts";
import type { Absence } from "./savings.ts";

/** The first update by which somebody left because of an operation; null before there was one. */
export async function selectFirstLeft({ db, accountId }: Context): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from usage_change
    where account_id = ${accountId} and kind = 'became_non_marketing' and operation_id <> 0`.execute(db);
  return rows[0]?.at ?? null;
}

/**
 * Who left at an update because of an operation, and until when they stayed away: until they counted again, or until
 * they were deleted and would have stopped counting anyway; erased people are not claimed at all. Updates in order.
 */
export async function selectAbsences(
  { db, accountId }: Context,
  updates: readonly Date[],
): Promise<(Absence & { readonly isOut: boolean })[]> {
  const { rows } = await sql<Absence & { isOut: boolean }>`
    with gone as (
      select l.operation_id, l.effective_at as left_at,
        case when c.id is null then l.effective_at
          else least(coalesce(back.at, 'infinity'), coalesce(c.deleted_at, 'infinity')) end as back_at
      from marketing_change l
      left join contact c on c.account_id = l.account_id and c.id = l.contact_id
      left join lateral (
        select b.recorded_at as at from marketing_change b
        where b.account_id = l.account_id and b.contact_id = l.contact_id and b.id > l.id and b.delta > 0
        order by b.id limit 1
      ) back on true
      where l.account_id = ${accountId} and l.kind = 'became_non_marketing' and l.operation_id is not null
    )
    select operation_id as "operationId",
      width_bucket(left_at - interval '1 microsecond', ${updates}::timestamptz[]) as first,
      width_bucket(back_at - interval '1 microsecond', ${updates}::timestamptz[]) as end,
      back_at = 'infinity' as "isOut", count(*)::int as contacts
    from gone group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** Usage at each update, from the rollup. */
export async function selectUsageAt({ db, accountId }: Context, updates: readonly Date[]): Promise<number[]> {
  const { rows } = await sql<{ marketing: number }>`
    select coalesce(sum(sum(u.raised - u.lowered)) over (order by m.at), 0)::int as marketing
    from unnest(${updates}::timestamptz[]) with ordinality m(at, place)
    left join unnest(${[new Date(0), ...updates]}::timestamptz[]) with ordinality b(at, place) on b.place = m.place
    left join usage_change u on u.account_id = ${accountId} and u.at <= m.at and u.at > b.at
    group by m.at order by m.at`.execute(db);
  return rows.map(({ marketing }) => marketing);
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
