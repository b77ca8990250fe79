import { sql } from "kysely";
import type { Counting, Plan } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import type { PricePage } from "../queries.ts";

interface PageName {
  readonly plan: Plan;
  readonly currency: string;
}

export interface KeptPage extends PricePage, PageName {
  readonly updatedAt: Date;
  readonly accounts: number;
}

/** The whole price book, with how many paying accounts use each page. */
export async function selectPages({ db }: Context): Promise<KeptPage[]> {
  const { rows } = await sql<KeptPage>`
    select p.plan, p.currency, included, base::float8 as base, blocks, tier_falls as "tierFalls", example,
      p.updated_at as "updatedAt", (select count(*)::int from billing_account b
        where b.plan = p.plan and b.currency = p.currency and b.counting <> 'count') as accounts
    from price_book p
    order by array_position(array['starter', 'professional', 'enterprise'], p.plan), p.currency`.execute(db);
  return rows;
}

export async function upsertPage(
  { db, clock }: Context,
  { plan, currency, included, base, blocks, tierFalls }: Omit<PricePage, "example"> & PageName,
): Promise<void> {
  await sql`insert into price_book (plan, currency, included, base, blocks, tier_falls, example, updated_at)
    values (${plan}, ${currency}, ${included}, ${base}, ${JSON.stringify(blocks)}::jsonb, ${tierFalls}, false,
      ${clock.sql})
    on conflict (plan, currency) do update set included = excluded.included, base = excluded.base,
      blocks = excluded.blocks, tier_falls = excluded.tier_falls, example = false,
      updated_at = excluded.updated_at`.execute(db);
}

export async function deletePage({ db }: Context, { plan, currency }: PageName): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from price_book where plan = ${plan} and currency = ${currency}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

export interface PayingAccount {
  readonly accountId: string;
  readonly name: string;
  readonly counting: Exclude<Counting, "count">;
  readonly tier: number;
}

/** Who is on a page of the price book: the installation's operator asks, over all accounts. */
export async function selectPayingAccounts(
  { db }: Context,
  { plan, currency }: PageName,
): Promise<PayingAccount[]> {
  const { rows } = await sql<PayingAccount>`
    select b.account_id as "accountId", a.name, b.counting, b.tier
    from billing_account b join account a on a.id = b.account_id
    where b.plan = ${plan} and b.currency = ${currency} and b.counting <> 'count'
    order by a.name collate "und-x-icu", a.id`.execute(db);
  return rows;
}
