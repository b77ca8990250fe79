import { sql } from "kysely";
import type { Plan } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";
import type { TierChange } from "../queries.ts";

/**
 * Marketing contacts from an instant on, as it was or will be at its very beginning: the tally, without what has been
 * entered since. A change at the instant itself belongs to the new period.
 */
export async function selectUsageAt({ db, accountId }: Context, at: Date): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select (coalesce((select sum(contacts) from usage_tally
        where account_id = ${accountId} and until > ${at}::timestamptz), 0)
      - coalesce((select sum(coalesce(until_after > ${at}::timestamptz, false)::int
          - coalesce(until_before > ${at}::timestamptz, false)::int) from marketing_change
        where account_id = ${accountId} and recorded_at >= ${at}::timestamptz), 0))::int as contacts`.execute(
    db,
  );
  return rows[0]?.contacts ?? 0;
}

/** As scheduled for an instant ahead, or now. */
export async function selectScheduledUsage({ db, accountId }: Context, at: Date): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`select coalesce(sum(contacts), 0)::int as contacts
    from usage_tally where account_id = ${accountId} and until > ${at}::timestamptz`.execute(db);
  return rows[0]?.contacts ?? 0;
}

export interface Booking {
  readonly what: "plan" | "tier";
  readonly plan: Plan | null;
  readonly tier: number | null;
  readonly bookedAt: Date;
  readonly actorType: string;
  readonly actorId: string | null;
}

export async function selectBookings({ db, accountId }: Context): Promise<Booking[]> {
  const { rows } = await sql<Booking>`
    select what, plan, tier, booked_at as "bookedAt", actor_type as "actorType", actor_id as "actorId"
    from billing_booking where account_id = ${accountId}`.execute(db);
  return rows;
}

type NewBooking =
  | { readonly what: "plan"; readonly plan: Plan }
  | { readonly what: "tier"; readonly tier: number | null };

export async function upsertBooking(
  { db, clock, accountId, actor }: Context,
  booking: NewBooking,
): Promise<void> {
  const [plan, tier] = booking.what === "plan" ? [booking.plan, null] : [null, booking.tier];
  await sql`insert into billing_booking (account_id, what, plan, tier, booked_at, actor_type, actor_id)
    values (${accountId}, ${booking.what}, ${plan}, ${tier}, ${clock.sql}, ${actor.type}, ${actor.id})
    on conflict (account_id, what) do update set plan = excluded.plan, tier = excluded.tier,
      booked_at = excluded.booked_at, actor_type = excluded.actor_type, actor_id = excluded.actor_id`.execute(
    db,
  );
}

export async function deleteBooking({ db, accountId }: Context, what: Booking["what"]): Promise<void> {
  await sql`delete from billing_booking where account_id = ${accountId} and what = ${what}`.execute(db);
}

interface BillingClock {
  /** Updates up to here are done. */
  readonly doneUntil: Date;
  readonly nextAt: Date | null;
  /** The instant of the fall that people have been told of. */
  readonly announcedAt: Date | null;
  readonly announcedTier: number | null;
}

export async function selectClock({ db, accountId }: Context): Promise<BillingClock | undefined> {
  const { rows } = await sql<BillingClock>`select done_until as "doneUntil", next_at as "nextAt",
      announced_at as "announcedAt", announced_tier as "announcedTier"
    from billing_clock where account_id = ${accountId}`.execute(db);
  return rows[0];
}

export async function upsertClock(
  { db, accountId }: Context,
  { doneUntil, nextAt }: Pick<BillingClock, "doneUntil" | "nextAt">,
): Promise<void> {
  await sql`insert into billing_clock (account_id, done_until, next_at) values (${accountId}, ${doneUntil}, ${nextAt})
    on conflict (account_id) do update set done_until = excluded.done_until, next_at = excluded.next_at`.execute(
    db,
  );
}

/** Remembers that people were told of a fall. */
export async function updateAnnounced(
  { db, accountId }: Context,
  { at, tier }: { at: Date; tier: number },
): Promise<void> {
  await sql`update billing_clock set announced_at = ${at}, announced_tier = ${tier}
    where account_id = ${accountId}`.execute(db);
}

/** Accounts whose next update has come, and those for which nobody has worked it out yet. */
export async function selectAccountsDue({ db, clock }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`select b.account_id as "accountId" from billing_account b
    left join billing_clock c on c.account_id = b.account_id
    where c.next_at is null or c.next_at <= ${clock.sql} order by b.account_id`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/** Accounts that have a tier which can fall. */
export async function selectAccountsWithTier({ db }: Context): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`select b.account_id as "accountId" from billing_account b
    join billing_clock c on c.account_id = b.account_id
    where b.counting <> 'count' and b.marketing_enabled order by b.account_id`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

export interface KeptChange extends TierChange {
  readonly id: string;
  readonly recordedAt: Date;
  readonly actorType: string;
  readonly actorId: string | null;
}

/** The account's history of tiers and plans, newest first. */
export async function selectTierChanges({ db, accountId }: Context): Promise<KeptChange[]> {
  const { rows } = await sql<KeptChange>`select id, at, recorded_at as "recordedAt", why,
      plan_before as "planBefore", plan_after as "planAfter", tier_before as "tierBefore", tier_after as "tierAfter",
      price_before::float8 as "priceBefore", price_after::float8 as "priceAfter", currency,
      actor_type as "actorType", actor_id as "actorId"
    from tier_change where account_id = ${accountId} order by at desc, id desc limit 500`.execute(db);
  return rows;
}
