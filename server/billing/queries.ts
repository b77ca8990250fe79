import { sql } from "kysely";
import type { Counting, Plan, Policy, Term } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import type { Database } from "#server/platform/database.ts";
import type { Block } from "./tier.ts";

export interface BillingSettings {
  readonly plan: Plan;
  readonly marketingEnabled: boolean;
  readonly counting: Counting;
  readonly term: Term;
  readonly renewalOn: string;
  readonly tier: number;
  readonly currency: string;
  readonly policy: Policy;
  /** Never exceeded; null when none is set. */
  readonly maximum: number | null;
}

export interface BillingRow {
  readonly now: Date;
  readonly timeZone: string;
  readonly createdAt: Date;
  /** Null for an account that nobody has set up billing for. */
  readonly settings: BillingSettings | null;
}

/** Nothing for an account that does not exist. */
export async function selectBilling({ db, clock, accountId }: Context): Promise<BillingRow | undefined> {
  const { rows } = await sql<BillingRow>`
    select ${clock.sql} as now, account.time_zone as "timeZone", account.created_at as "createdAt",
      case when billing.account_id is not null then jsonb_build_object(
        'plan', billing.plan, 'marketingEnabled', billing.marketing_enabled, 'counting', billing.counting,
        'term', billing.term, 'renewalOn', billing.renewal_on, 'tier', billing.tier, 'maximum', billing.maximum,
        'currency', billing.currency, 'policy', billing.policy) end as settings
    from account left join billing_account billing on billing.account_id = account.id
    where account.id = ${accountId}`.execute(db);
  return rows[0];
}

/**
 * Held until the transaction ends. A change takes it alone, a lowering shares it: so none writes an instant of a
 * calendar that has just been changed.
 */
export async function lockBilling({ db, accountId }: Context, mode: "change" | "share"): Promise<void> {
  const lock = sql.raw(mode === "change" ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared");
  await sql`select ${lock}(hashtextextended('headroom.billing', ${accountId}))`.execute(db);
}

export async function upsertBilling(
  { db, clock, accountId }: Context,
  settings: BillingSettings,
): Promise<void> {
  const { plan, marketingEnabled, counting, term, renewalOn, tier, currency, policy, maximum } = settings;
  await sql`insert into billing_account
      (account_id, plan, marketing_enabled, counting, term, renewal_on, tier, currency, policy, maximum, created_at,
        updated_at)
    values (${accountId}, ${plan}, ${marketingEnabled}, ${counting}, ${term}, ${renewalOn}, ${tier}, ${currency},
      ${policy}, ${maximum}, ${clock.sql}, ${clock.sql})
    on conflict (account_id) do update set plan = excluded.plan, marketing_enabled = excluded.marketing_enabled,
      counting = excluded.counting, term = excluded.term, renewal_on = excluded.renewal_on, tier = excluded.tier,
      currency = excluded.currency, policy = excluded.policy, maximum = excluded.maximum, updated_at = excluded.updated_at`.execute(
    db,
  );
}

export interface PricePage {
  readonly included: number;
  readonly base: number;
  readonly blocks: readonly Block[];
  readonly tierFalls: "update" | "renewal";
  readonly example: boolean;
}

/** The price book's page for a plan and currency; nothing where it has none. */
export async function selectPrices(
  db: Database,
  plan: Plan,
  currency: string,
): Promise<PricePage | undefined> {
  const { rows } = await sql<PricePage>`
    select included, base::float8 as base, blocks, tier_falls as "tierFalls", example
    from price_book where plan = ${plan} and currency = ${currency}`.execute(db);
  return rows[0];
}

/** What a plan includes in any currency: the tier of those who name none. */
export async function selectIncluded(db: Database, plan: Plan): Promise<number | undefined> {
  const { rows } = await sql<{ included: number }>`
    select included from price_book where plan = ${plan} order by currency limit 1`.execute(db);
  return rows[0]?.included;
}

const priceBook = sql`hashtextextended('headroom.price-book', 0)`;

/**
 * Held until the transaction ends: changes of tier, plan and their history come one after the other, and the price book
 * stays as it is read from here on.
 */
export async function lockTier({ db, accountId }: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${priceBook}) from billing_account
    where account_id = ${accountId} for update`.execute(db);
}

/** Waits for whoever is moving a tier by the price book, in any account; the next ones read it as it is then. */
export async function lockPriceBook({ db }: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(${priceBook})`.execute(db);
}

export async function updateTier({ db, clock, accountId }: Context, tier: number): Promise<void> {
  await sql`update billing_account set tier = ${tier}, updated_at = ${clock.sql}
    where account_id = ${accountId}`.execute(db);
}

/** By hand, by the growth policy, by an approval, at an update or renewal, or put right. */
export type TierChangeWhy = "chosen" | "moved_up" | "approved" | "fell" | "renewed" | "corrected";

export interface TierChange {
  readonly at: Date;
  readonly why: TierChangeWhy;
  readonly planBefore: Plan;
  readonly planAfter: Plan;
  readonly tierBefore: number;
  readonly tierAfter: number;
  readonly priceBefore: number | null;
  readonly priceAfter: number | null;
  readonly currency: string;
}

export async function insertTierChange(
  { db, clock, accountId, actor }: Context,
  change: TierChange,
): Promise<void> {
  await sql`insert into tier_change (account_id, at, recorded_at, why, plan_before, plan_after, tier_before, tier_after,
      price_before, price_after, currency, actor_type, actor_id)
    values (${accountId}, ${change.at}, ${clock.sql}, ${change.why}, ${change.planBefore}, ${change.planAfter},
      ${change.tierBefore}, ${change.tierAfter}, ${change.priceBefore}, ${change.priceAfter}, ${change.currency},
      ${actor.type}, ${actor.id})`.execute(db);
}

export async function updatePlanAndTier(
  { db, clock, accountId }: Context,
  { plan, tier }: { plan: Plan; tier: number },
): Promise<void> {
  await sql`update billing_account set plan = ${plan}, tier = ${tier}, updated_at = ${clock.sql}
    where account_id = ${accountId}`.execute(db);
}
